"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "dialogue.conclusion.answered": _("said whether the dialogue is concluded"),
    "dialogue.conclusion.recorded": _("recorded that a State agreed to conclude the dialogue"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
