"""The base of the pages that lead back to the dialogue."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.web.pages import Crumb
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.drafts import Shown, WritingView, shown_on_table
from reviews.navigation import ReviewPage


class DialoguePage(ReviewPage):
    """A page below the dialogue, which leads back to the whole of it."""

    def dialogue_url(self) -> str:
        return reverse("dialogue:dialogue", args=[self.kwargs["mechanism"], self.kwargs["code"]])

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Dialogue"), self.dialogue_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(dialogue_url=self.dialogue_url(), **kwargs)

    def success_url_for(self, result: object) -> str:
        return self.dialogue_url()


class DialogueFormPage(DialoguePage, WritingView):
    """A form below the dialogue; all States of the review read what is saved."""

    read_action = ReviewAction.READ_TABLE
    template_name = "reviews/meetings/dialogue_form.html"

    @property
    def read_target(self) -> Review:
        return self.review

    def shown_now(self) -> Shown:
        return shown_on_table(self.review)
