"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core import audit
from reviews.cases.models import Review
from reviews.meetings import invitations_waiting_for
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab
from reviews.polls import polls_waiting_for

VERBS = {
    "reviews.supplement.added": _("added a draft of supplementary information"),
    "reviews.supplement.changed": _("changed a draft of supplementary information"),
    "reviews.supplement.discarded": _("discarded a draft of supplementary information"),
    "reviews.supplement.sent": _("sent supplementary information"),
}


def _waiting(user: User, review: Review) -> int:
    """What the page asks of the reader's State: whether it comes to a meeting, and which times suit it."""
    return invitations_waiting_for(user, review) + polls_waiting_for(user, review)


def declare() -> None:
    audit.register_verbs(VERBS)
    address = open_to_readers("dialogue:dialogue")
    register_tab(ReviewTab(ReviewPart.DIALOGUE, 30, _("Dialogue"), address, _waiting))
