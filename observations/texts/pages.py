"""The base of the pages of one text."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.web.pages import Crumb
from observations.texts.models import AgreedText
from observations.texts.selectors import get_text_for
from reviews.navigation import ReviewPage


class TextPage(ReviewPage):
    """A page of a list of observations or of a summary; ``review`` is that of the text."""

    policy_target: AgreedText

    def get_policy_target(self) -> AgreedText:
        return get_text_for(self.user, self.find_review(), self.kwargs["instrument"], self.kwargs["kind"])

    @property
    def text(self) -> AgreedText:
        return self.policy_target

    @property
    def text_url(self) -> str:
        """Where the text is read."""
        return reverse("observations:text-detail", args=[*self.address, self.kwargs["instrument"], self.kwargs["kind"]])

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Documents"), reverse("observations:text-list", args=self.address))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(text=self.text, **kwargs)


class BelowText(TextPage):
    """A page below the one on which the text is read."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(self.text.get_kind_display(), self.text_url)]
