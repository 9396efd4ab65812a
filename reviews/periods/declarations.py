"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {"reviews.programme.changed": _("changed the dates of the programme")}


def declare() -> None:
    audit.register_verbs(VERBS)
