"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from reviews.navigation import ReviewPart, ReviewTab, open_to_all, register_tab

VERBS = {
    "reviews.contributor.invited": _("invited a national contributor"),
    "reviews.contributor.let_go": _("ended the access of a national contributor"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_tab(ReviewTab(ReviewPart.PEOPLE, 10, _("Participants"), open_to_all("reviews:participant-list")))
