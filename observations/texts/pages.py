"""The base of the pages of one text."""

from typing import Any

from observations.texts.models import AgreedText
from observations.texts.selectors import get_text_for
from reviews.cases import ReviewPage
from reviews.cases.models import Review


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
