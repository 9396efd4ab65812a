"""Written feedback that was sent elsewhere: the States it is missing of, a template, a file, and what it would be."""

import datetime as dt
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from accounts.states.models import StateParty
from core.files.spreadsheet_columns import wrong_rows
from core.files.storage import attachment
from core.files.uploads import ACCEPTED
from core.language.i18n import OWN_NAMES, in_own_order
from core.policy import require
from core.web.pages import Crumb
from core.web.views import ListPage
from dialogue.bringing.exports import feedback_template
from dialogue.bringing.feedback import (
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
from questionnaires.submissions import get_submission
from reviews.bringing import BringingPage, FilePage, FileUploadView, day_of_opening
from reviews.bringing.enums import BringingAction, BroughtKind
from reviews.bringing.models import BroughtFile
from reviews.cases import language_of
from reviews.cases.models import Review


class FeedbackStatesView(BringingPage, ListPage):
    """For which States feedback can be brought in."""

    title = gettext_lazy("Bring in feedback")
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
        return [*super().get_trail(), Crumb(_("Feedback"), listed)]


class FeedbackTemplateView(FeedbackStatePage):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = feedback_template(self.review, self.state)
        name = f"{self.review.code}-feedback-{self.state.iso3}.docx"
        return attachment(content, file_name=name, content_type=ACCEPTED[".docx"])


class FeedbackUploadView(FeedbackStatePage, FileUploadView):
    kind = BroughtKind.FEEDBACK
    columns = COLUMNS
    form_class = FeedbackForm
    title = gettext_lazy("Bring in the feedback")
    template_name = "dialogue/bringing/feedback_upload.html"

    def obstacle_now(self) -> str:
        return obstacle_to(self.review, self.state)

    def get_form_kwargs(self) -> dict[str, Any]:
        read = None if self.obstacle else partial(read_feedback, known=known_places(self.review, self.state))
        return {**super().get_form_kwargs(), "read": read, "opened_on": day_of_opening(self.review)}

    def get_initial(self) -> dict[str, Any]:
        return {"language": language_of(self.review)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"state": self.state, **kwargs})

    def content_of(self, form: FeedbackForm) -> dict[str, Any]:
        return {"state": str(self.state.pk), **form.sent_words(), "passages": packed(form.rows)}

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
