"""What this feature declares to the kernel: how its acts are called in the record, and where they are kept."""

from django.utils.translation import gettext_lazy as _

from core import audit
from dialogue.asides.models import Aside
from reviews.capacities import place_of_piece

VERBS = {
    "dialogue.aside.noted": _("wrote an internal note"),
    "dialogue.aside.resolved": _("resolved an internal thread"),
    "dialogue.aside.reopened": _("opened an internal thread again"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(Aside, place_of_piece)
