"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.mission.registered": _("registered a member of a permanent mission"),
    "reviews.mission.ended": _("ended the access of a member of a permanent mission"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
