"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from reviews.meetings import invitations_waiting_for
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab

VERBS = {
    "reviews.supplement.added": _("added a draft of supplementary information"),
    "reviews.supplement.changed": _("changed a draft of supplementary information"),
    "reviews.supplement.discarded": _("discarded a draft of supplementary information"),
    "reviews.supplement.sent": _("sent supplementary information"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    address = open_to_readers("dialogue:dialogue")
    register_tab(ReviewTab(ReviewPart.DIALOGUE, 30, _("Dialogue"), address, invitations_waiting_for))
