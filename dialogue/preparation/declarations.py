"""What this feature declares to the kernel: its page of a review."""

from typing import Any

from django.utils.translation import pgettext_lazy

from dialogue.exchange import requests_waiting_for
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.navigation import ReviewPart, ReviewTab, open_with, register_tab


def declare() -> None:
    address = open_with(ReviewAction.VIEW_PREPARATION, "dialogue:preparation")
    label = pgettext_lazy("page of a review", "Preparation")
    register_tab(ReviewTab(ReviewPart.OVERVIEW, 20, label, address, _questions_waiting))


def _questions_waiting(user: Any, review: Review) -> int:
    return requests_waiting_for(user, review, is_early=True)
