"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.absence.recorded": _("recorded an absence of one’s own"),
    "reviews.absence.removed": _("took back an absence of one’s own"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
