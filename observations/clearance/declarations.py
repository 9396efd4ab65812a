"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from observations.clearance.selectors import versions_waiting_for
from observations.clearance.services import follow_team
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab
from reviews.opening import follows_team

VERBS = {
    "reviews.text.proposed": _("proposed a version for agreement"),
    "reviews.text.objected": _("objected to a version"),
    "reviews.text.cleared": _("cleared a version"),
    "reviews.text.clearance_taken_back": _("took back the clearance of a version"),
    "reviews.text.agreed": _("completed the agreement on a text"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    address = open_to_readers("observations:text-list")
    register_tab(ReviewTab(ReviewPart.TEXTS, 20, _("Documents"), address, versions_waiting_for))
    follows_team(follow_team)
