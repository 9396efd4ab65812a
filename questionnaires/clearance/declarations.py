"""What this feature declares to the kernel: how its acts are called in the record, and what holds answers back."""

from django.utils.translation import gettext_lazy as _

from core import audit
from questionnaires.clearance.services import unread_words
from questionnaires.sending import register_hold

VERBS = {
    "questionnaires.response.second_reader_asked": _("asked for a second reader of the answers"),
    "questionnaires.response.second_reader_left_out": _("did without a second reader of the answers"),
    "questionnaires.response.second_reading": _("read the answers as the second person"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_hold(unread_words)
