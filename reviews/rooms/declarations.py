"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.review.rooms_set": _("set whether the reviewing States share a room"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
