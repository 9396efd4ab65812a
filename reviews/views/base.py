from typing import Any

from core.views import PolicyView
from reviews.models import AgreedText, Review
from reviews.selectors.reviews import get_review_for
from reviews.selectors.texts import get_text_for


class ReviewPage(PolicyView):
    """A page under a review's address; a stranger finds none."""

    policy_target: Review

    def get_policy_target(self) -> Review:
        return get_review_for(self.request.user, self.kwargs["mechanism"], self.kwargs["code"])  # type: ignore[arg-type]

    @property
    def review(self) -> Review:
        return self.policy_target

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(review=self.review, **kwargs)  # type: ignore[misc]


class TextPage(ReviewPage):
    """A page of a list of observations or of a summary; ``review`` is that of the text."""

    policy_target: AgreedText  # type: ignore[assignment]

    def get_policy_target(self) -> AgreedText:  # type: ignore[override]
        return get_text_for(
            self.request.user,  # type: ignore[arg-type]
            super().get_policy_target(),
            self.kwargs["instrument"],
            self.kwargs["kind"],
        )

    @property
    def text(self) -> AgreedText:
        return self.policy_target

    @property
    def review(self) -> Review:
        return self.policy_target.review

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(text=self.text, **kwargs)
