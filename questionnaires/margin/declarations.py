"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "questionnaires.response.noted": _("wrote a margin note"),
    "questionnaires.response.note_changed": _("changed an own margin note"),
    "questionnaires.response.thread_resolved": _("resolved margin notes"),
    "questionnaires.response.thread_reopened": _("reopened margin notes"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
