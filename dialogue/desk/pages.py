from typing import Any

from core.web.views import PolicyView
from reviews.cases import get_review_for, hat_of
from reviews.cases.models import Review


class ReviewPage(PolicyView):
    """A page under a review's address that shows answers beside what is written on them; a stranger finds none."""

    def find_review(self) -> Review:
        return get_review_for(self.user, *self.address)

    def get_policy_target(self) -> Any:
        return self.find_review()

    @property
    def user(self) -> Any:
        return self.request.user

    @property
    def address(self) -> list[str]:
        """What the addresses of all pages of the review begin with."""
        return [self.kwargs["mechanism"], self.kwargs["code"]]

    @property
    def review(self) -> Review:
        target = self.policy_target
        return target if isinstance(target, Review) else target.review

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc]
            review=self.review, address=self.address, hat=hat_of(self.user, self.review), **kwargs
        )
