from typing import Any

from core.views import PolicyView
from reviews.models import Review
from reviews.selectors.reviews import get_review_for


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
