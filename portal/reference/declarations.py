"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "portal.reference.taken": _("took a difference of the release"),
    "portal.reference.declined": _("declined a difference of the release"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
