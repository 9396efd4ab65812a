"""What this feature declares to the kernel: its page of a review."""

from django.utils.translation import gettext_lazy as _

from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPart, ReviewTab, open_with, register_tab


def declare() -> None:
    address = open_with(ReviewAction.READ_RECORD, "reviews:record")
    register_tab(ReviewTab(ReviewPart.RECORD, 10, _("Record of acts"), address))
