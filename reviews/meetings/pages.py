"""The base of the pages that lead back to the dialogue."""

from typing import Any

from django.urls import reverse

from reviews.cases import ReviewPage


class DialoguePage(ReviewPage):
    """A page of the dialogue, which leads back to the whole of it."""

    def dialogue_url(self) -> str:
        return reverse("dialogue:dialogue", args=[self.kwargs["mechanism"], self.kwargs["code"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(dialogue_url=self.dialogue_url(), **kwargs)

    def success_url_for(self, result: object) -> str:
        return self.dialogue_url()
