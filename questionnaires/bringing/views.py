"""Answers that were sent elsewhere: the reviews that they are missing in, a template, a file, and what it would be."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.files.spreadsheet_columns import wrong_rows
from core.files.storage import XLSX, attachment
from core.files.uploads import ACCEPTED
from core.hashes import document_hash
from core.language.i18n import OWN_NAMES, in_own_order, language
from core.policy import require
from core.web.pages import Crumb
from core.web.views import ListPage
from questionnaires.bringing.answers import (
    asked_of,
    counts_of,
    document_from,
    get_review_to_bring,
    obstacle_to,
    obstacle_to_file,
    parts_of,
    review_of,
    reviews_with_answers_to_bring,
    rows_now,
    version_of,
    version_of_file,
)
from questionnaires.bringing.exports import answers_template, answers_template_as_word
from questionnaires.bringing.forms import AnswersForm
from questionnaires.bringing.sheet import COLUMNS, WORD, AnswerRow, AskedQuestionnaire, packed, read_answers
from questionnaires.definitions import index_of, instrument_names
from reviews.bringing import BringingPage, FilePage, FileUploadView, day_of_opening
from reviews.bringing.enums import BringingAction, BroughtKind
from reviews.bringing.models import BroughtFile
from reviews.cases import language_of
from reviews.cases.models import Review


class AnswersReviewsView(BringingPage, ListPage):
    """For which reviews answers can be brought in."""

    title = gettext_lazy("Bring in answers that were sent")
    template_name = "questionnaires/bringing/review_list.html"
    empty_title = gettext_lazy("There is no review whose answers could be brought in")
    empty_text = gettext_lazy(
        "A review stands here once its step says that answers were sent. Bring in its step first."
    )

    def get_rows(self) -> Any:
        return reviews_with_answers_to_bring(self.mechanism)


class AnswersPage(BringingPage):
    """A page about the answers of one review."""

    policy_action = BringingAction.PREPARE
    review: Review

    def get_policy_target(self) -> None:
        require(self.request.user, BringingAction.PREPARE)
        self.review = get_review_to_bring(self.kwargs["mechanism"], self.kwargs["code"])

    def get_caption(self) -> str:
        return f"{self.review.state_under_review} · {in_own_order(self.review.code)}"

    def get_trail(self) -> list[Crumb]:
        listed = reverse("questionnaires:bringing-reviews", args=[self.kwargs["mechanism"]])
        return [*super().get_trail(), Crumb(_("Answers that were sent"), listed)]

    @cached_property
    def version_id(self) -> UUID:
        """Of what is asked. Raises Http404 where no questionnaire has been published for the cluster."""
        return version_of(self.review)

    @cached_property
    def asked(self) -> AskedQuestionnaire:
        return asked_of(self.review, self.version_id)


class AnswersTemplateView(AnswersPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.GET.get("as") == "docx":
            content = answers_template_as_word(self.asked)
            return attachment(content, file_name=f"{self.review.code}-answers.docx", content_type=ACCEPTED[WORD])
        content = answers_template(self.asked)
        return attachment(content, file_name=f"{self.review.code}-answers.xlsx", content_type=XLSX)


class AnswersUploadView(AnswersPage, FileUploadView):
    kind = BroughtKind.ANSWERS
    columns = COLUMNS
    form_class = AnswersForm
    title = gettext_lazy("Bring in the answers")
    template_name = "questionnaires/bringing/answers_upload.html"

    def obstacle_now(self) -> str:
        return obstacle_to(self.review)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "read": self.read, "opened_on": day_of_opening(self.review)}

    def read(self, name: str, content: bytes) -> list[AnswerRow]:
        return read_answers(name, content, self.asked)

    def get_initial(self) -> dict[str, Any]:
        return {"language": language_of(self.review)}

    def wrong_context(self, form: AnswersForm) -> dict[str, Any]:
        right, counts = len(form.rows) - len(form.wrong), counts_of(form.rows, self.asked)
        return {**super().wrong_context(form), "right": right, "counts": counts}

    def content_of(self, form: AnswersForm) -> dict[str, Any]:
        if obstacle := obstacle_to(self.review, self.version_id):
            raise ServiceError(obstacle)
        return {"version": str(self.version_id), **form.sent_words(), "rows": packed(form.rows)}

    def success_message_for(self, result: BroughtFile) -> str:
        return _("No row is wrong. Look at the answers as they would be read; nothing lies on the table yet.")


class AnswersFileView(FilePage):
    kind = BroughtKind.ANSWERS
    title = gettext_lazy("Answers of a self-assessment")
    template_name = "questionnaires/bringing/answers_file.html"

    def get_caption(self) -> str:
        review = review_of(self.file)
        return f"{review.state_under_review} · {in_own_order(review.code)}"

    def preview(self) -> tuple[dict[str, Any], str]:
        review, rows = review_of(self.file), rows_now(self.file)
        if obstacle := obstacle_to_file(self.file):
            return {"obstacle": obstacle}, ""
        if wrong := wrong_rows(rows, COLUMNS):
            return {"wrong": wrong}, ""
        version_id = version_of_file(self.file)
        document, index = document_from(self.file, rows), index_of(version_id)
        parts = parts_of(self.file, document)
        shown = {
            "review": review,
            "index": index,
            "counts": counts_of(rows, asked_of(review, version_id)),
            "parts": parts,
            "instruments": instrument_names(part.part.instrument for part in parts),
            "official": language(index.definition.language),
            "answers_language": self.file.content["language"],
            "language_name": OWN_NAMES[self.file.content["language"]],
            "sent_on": dt.date.fromisoformat(self.file.content["sent_on"]),
        }
        return shown, document_hash(document)
