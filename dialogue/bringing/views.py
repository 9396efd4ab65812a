"""Written feedback that was sent elsewhere: the States it is missing of, a template, a file, and what it would be."""

import datetime as dt
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from accounts.states.models import StateParty
from core.errors import ServiceError
from core.files.spreadsheet_columns import wrong_rows
from core.files.storage import attachment
from core.files.uploads import ACCEPTED
from core.language.i18n import OWN_NAMES, in_own_order
from core.policy import require
from core.web.pages import Crumb
from core.web.views import ListPage, ServiceFormView
from core.web.views.services import UNPROCESSABLE
from dialogue.bringing.exports import feedback_template
from dialogue.bringing.feedback import (
    address_of_feedback,
    as_feedback,
    document_from,
    get_place_to_bring,
    known_places,
    moves_on,
    obstacle_to,
    passages_now,
    read_feedback,
    review_of,
    seen_by,
    state_of,
    states_with_feedback_to_bring,
)
from dialogue.bringing.forms import FeedbackForm
from dialogue.bringing.passages import COLUMNS, packed
from dialogue.desk import Desk, desk_context
from dialogue.feedback import feedback_text
from questionnaires.responses import get_submission
from reviews.bringing import BringingPage, FilePage, day_of_opening, prepare_file
from reviews.bringing.enums import BringingAction, BroughtKind
from reviews.bringing.models import BroughtFile
from reviews.cases import language_of
from reviews.cases.models import Review


class FeedbackStatesView(BringingPage, ListPage):
    """For which States feedback can be brought in."""

    title = gettext_lazy("Bring in written feedback")
    template_name = "dialogue/bringing/state_list.html"
    empty_title = gettext_lazy("There is no State whose feedback could be brought in")
    empty_text = gettext_lazy("A reviewing State stands here once the answers of its review are there.")

    def get_rows(self) -> Any:
        return states_with_feedback_to_bring(self.mechanism)


class FeedbackStatePage(BringingPage):
    """A page about the feedback of one State in one review."""

    policy_action = BringingAction.PREPARE
    review: Review
    state: StateParty

    def get_policy_target(self) -> None:
        require(self.request.user, BringingAction.PREPARE)
        address = (self.kwargs[name] for name in ("mechanism", "code", "iso3"))
        self.review, self.state = get_place_to_bring(*address)

    def get_caption(self) -> str:
        return _caption(self.review, self.state)

    def get_trail(self) -> list[Crumb]:
        listed = reverse("dialogue:bringing-states", args=[self.kwargs["mechanism"]])
        return [*super().get_trail(), Crumb(_("Written feedback"), listed)]


class FeedbackTemplateView(FeedbackStatePage):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = feedback_template(self.review, self.state)
        name = f"{self.review.code}-feedback-{self.state.iso3}.docx"
        return attachment(content, file_name=name, content_type=ACCEPTED[".docx"])


class FeedbackUploadView(FeedbackStatePage, ServiceFormView):
    """Nothing is kept of a file in which a paragraph is wrong; the page says which, and why."""

    form_class = FeedbackForm
    title = gettext_lazy("Bring in the feedback")
    template_name = "dialogue/bringing/feedback_upload.html"

    @cached_property
    def obstacle(self) -> str:
        return obstacle_to(self.review, self.state)

    def get_form_kwargs(self) -> dict[str, Any]:
        read = None if self.obstacle else partial(read_feedback, known=known_places(self.review, self.state))
        return {**super().get_form_kwargs(), "read": read, "opened_on": day_of_opening(self.review)}

    def get_initial(self) -> dict[str, Any]:
        return {"language": language_of(self.review)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"review": self.review, "state": self.state, "obstacle": self.obstacle}
        return super().get_context_data(**{**shown, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.obstacle:
            form = self.get_form_class()(**{**self.get_form_kwargs(), "data": None, "files": None})
            return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: FeedbackForm) -> HttpResponse:  # type: ignore[override]
        if form.wrong:
            context = self.get_context_data(form=form, wrong=wrong_rows(form.wrong, COLUMNS))
            return self.render_to_response(context, status=UNPROCESSABLE)
        return super().form_valid(form)

    def perform(self, form: FeedbackForm) -> BroughtFile:
        if obstacle := obstacle_to(self.review, self.state):
            raise ServiceError(obstacle)
        given = form.cleaned_data
        content = {
            "state": str(self.state.pk),
            "language": given["language"],
            "sent_on": given["sent_on"].isoformat(),
            "passages": packed(form.rows),
        }
        return prepare_file(
            actor=self.user,
            mechanism=self.mechanism,
            kind=BroughtKind.FEEDBACK,
            file_name=given["file"].name or "",
            uploaded=form.uploaded,
            content=content,
            review=self.review,
        )

    def success_url_for(self, result: BroughtFile) -> str:
        return address_of_feedback(result)

    def success_message_for(self, result: BroughtFile) -> str:
        return _("All of it can be carried over. Look at it as it would be read; nothing lies on the table yet.")


class FeedbackFileView(FilePage):
    kind = BroughtKind.FEEDBACK
    title = gettext_lazy("Written feedback")
    template_name = "dialogue/bringing/feedback_file.html"

    def get_caption(self) -> str:
        return _caption(review_of(self.file), state_of(self.file))

    def preview(self) -> tuple[dict[str, Any], str]:
        review, state = review_of(self.file), state_of(self.file)
        if obstacle := obstacle_to(review, state):
            return {"obstacle": obstacle}, ""
        passages = passages_now(self.file)
        if wrong := wrong_rows(passages, COLUMNS):
            return {"wrong": wrong}, ""
        document = document_from(self.file, passages)
        desk, feedback = Desk(self.user, review, get_submission(review)), as_feedback(self.file, document)
        shown = {
            **desk_context(desk),
            "review": review,
            "feedback": feedback,
            "whole": feedback_text(desk, feedback),
            "moves_on": moves_on(self.file),
            "language_name": OWN_NAMES[self.file.content["language"]],
            "sent_on": dt.date.fromisoformat(self.file.content["sent_on"]),
        }
        return shown, seen_by(self.file, document)


def _caption(review: Review, state: StateParty) -> str:
    return f"{state} · {review.state_under_review} · {in_own_order(review.code)}"
