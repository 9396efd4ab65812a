"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "questionnaires.response.opened": _("opened the self-assessment"),
    "questionnaires.response.submitted_for_clearance": _("laid the answers before the focal point"),
    "questionnaires.response.returned": _("returned the answers to the experts"),
    "questionnaires.response.cleared": _("cleared and sent the answers"),
    "questionnaires.response.recalled": _("recalled the answers before a reviewing State had opened them"),
    "questionnaires.response.supplemented": _("added to the answers what was sent beside them"),
    "questionnaires.response.revision_begun": _("began a new version of the answers"),
    "questionnaires.response.revision_given_up": _("gave the new version of the answers up"),
    "questionnaires.response.brought_in": _("brought in answers that were sent elsewhere"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
