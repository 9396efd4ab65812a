"""A box of the desk that saves itself: a page of its own, and where the box on the desk saves to."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.web.forms import AccessibleForm
from dialogue.desk.desk import CommentBox
from dialogue.exchange.models import ClarificationRequest
from reviews.drafts import WritingView
from reviews.navigation import ReviewPage


class BoxPage(ReviewPage, WritingView):
    """A text that lies in the room of the writer's State, in one field called ``text``.

    A script's save gets back only what stands under the box, by ``saved_template``.
    """

    saved_template: ClassVar[str] = "dialogue/desk/_box_saved.html"
    previewed = "text"

    @abstractmethod
    def stored_box(self) -> CommentBox | None:
        """As it stands now; None for those who may not write there any more."""

    @property
    def is_by_script(self) -> bool:
        return bool(self.request.htmx)  # type: ignore[attr-defined]

    @property
    def is_previewed(self) -> bool:
        return self.request.method == "POST" and "preview" in self.request.POST

    def get_template_names(self) -> list[str]:
        return [self.saved_template] if self.is_by_script else super().get_template_names()

    def take_up(self, request: HttpRequest) -> HttpResponse | None:
        """A script that had no answer sends the same once more, and is shown how the text stands by now."""
        return None if self.is_by_script else super().take_up(request)

    def form_valid(self, form: AccessibleForm) -> HttpResponse:
        response = super().form_valid(form)
        if self.is_by_script and not form.errors:
            return self.render_to_response(self.get_context_data(form=form))
        return response

    def success_message_for(self, result: Any) -> str:
        return "" if self.is_by_script else self.saved_message(result)

    def saved_message(self, result: Any) -> str:
        return _("Saved.")

    def box(self, form: AccessibleForm) -> CommentBox | None:
        """What is stored, or what was typed where it could not be stored."""
        box = self.stored_box()
        if box is None or not (form.errors or self.is_previewed):
            return box
        return replace(
            box,
            text=form["text"].value() or "",
            base=form.cleaned_data.get("base", 0),
            shown=form["shown"].value() or "",
            now=self.shown_now().token,
            is_mendable="text" in form.mendable,
            error=" ".join(link.message for link in form.error_links),
            conflict=self.conflict,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.get_form()
        unsaved = form["text"].value() if form.is_bound else ""
        return super().get_context_data(form=form, box=self.box(form), unsaved=unsaved, **kwargs)


def request_box(request: ClarificationRequest, address: Sequence[str], shown: str) -> CommentBox:
    """That of a drafted request, for those who may change it; ``shown``: who reads it, as a form carries that."""
    return CommentBox(
        url=reverse("dialogue:clarification-edit", args=[*address, request.pk]),
        anchor=f"request-{request.pk}",
        text=request.text,
        base=request.revision,
        shown=shown,
        saved_at=request.updated_at,
        saved_by=request.written_by.full_name,
    )
