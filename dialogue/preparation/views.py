from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.views.generic import TemplateView

from core.policy import can
from dialogue.exchange.enums import ExchangeAction
from dialogue.preparation.selectors import instruments_to_study, offered_to, texts_in
from reviews.capacities import capacity_of
from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPage
from reviews.reading import reading_for_review
from reviews.reading.enums import ReadingKind


class PreparationView(ReviewPage, TemplateView):
    """What experts study before the review, and what they ask and are told about the legal system."""

    policy_action = ReviewAction.VIEW_PREPARATION
    title = pgettext_lazy("page of a review", "Preparation")
    template_name = "dialogue/preparation/preparation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = reading_for_review(self.review, get_language() or "")
        offered = None
        if can(self.user, ReviewAction.READ_TABLE, self.review):
            offered = offered_to(self.user, self.review, capacity_of(self.user, self.review), self.address)
        instruments = instruments_to_study(self.review, groups)
        return super().get_context_data(
            instruments=instruments,
            has_questions=any(row.is_asked_about for row in instruments),
            texts=[item for item in texts_in(groups) if item.instrument_id is None],
            groups=[group for group in groups if group.kind != ReadingKind.TEXT],
            offered=offered,
            actions=ReviewAction,
            acts=ExchangeAction,
            **kwargs,
        )
