"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "questionnaires.response.assigned": _("sent sections to a national contributor"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
