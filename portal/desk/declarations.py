"""What this feature declares to the kernel: its page of a review."""

from django.utils.translation import gettext_lazy as _

from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab


def declare() -> None:
    register_tab(ReviewTab(ReviewPart.DESK, 10, _("Review desk"), open_to_readers("portal:desk")))
