"""What this feature declares to the kernel: its page of a review."""

from django.utils.translation import gettext_lazy as _

from reviews.navigation import ReviewPart, ReviewTab, open_to_all, register_tab


def declare() -> None:
    register_tab(ReviewTab(ReviewPart.OVERVIEW, 10, _("Overview"), open_to_all("portal:review-detail")))
