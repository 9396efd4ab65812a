"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "questionnaires.response.moved": _("moved the self-assessment to a later version of the questionnaire"),
    "questionnaires.response.settled": _("looked at an answer to a question of an earlier version"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
