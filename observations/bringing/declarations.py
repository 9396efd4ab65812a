"""What this feature declares: how texts on which States agreed elsewhere are brought in."""

from django.utils.translation import gettext_lazy as _

from core import audit
from observations.bringing.texts import KINDS, address_of_text, carry_out_text, place_of_text, seen_of_text
from reviews.bringing import BringingWay, register_way

VERBS = {
    "reviews.text.brought_in": _("brought in a text that was agreed elsewhere"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    for kind in KINDS.values():
        register_way(BringingWay(kind, seen_of_text, carry_out_text, address_of_text, place_of_text))
