"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from dialogue.exchange import requests_waiting_for
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab

VERBS = {
    "reviews.clarification.drafted": _("drafted a request for clarification"),
    "reviews.clarification.discarded": _("discarded a drafted request for clarification"),
    "reviews.clarification.sent": _("sent a request for clarification"),
    "reviews.clarification.answered": _("answered a request for clarification"),
    "reviews.clarification.closed": _("closed a request for clarification"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    address = open_to_readers("dialogue:clarification-list")
    register_tab(ReviewTab(ReviewPart.DIALOGUE, 20, _("Clarifications"), address, requests_waiting_for))
