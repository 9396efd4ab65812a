"""Texts on which States agreed elsewhere: those that are missing, a template, a file, and what it would be."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.documents.reading import read_written
from core.errors import found
from core.files.spreadsheet_columns import wrong_rows
from core.files.storage import attachment
from core.files.uploads import ACCEPTED
from core.language.i18n import OWN_NAMES, in_own_order
from core.policy import require
from core.web.pages import Crumb
from core.web.views import ListPage
from observations.bringing.exports import text_template_as_markdown, text_template_as_word
from observations.bringing.forms import SentTextForm
from observations.bringing.known_texts import known_text
from observations.bringing.passages import AROUND, COLUMNS, TextPassage, numbered_anew, packed, passages_of
from observations.bringing.texts import (
    KINDS,
    document_from,
    get_text_to_bring,
    moves_on,
    obstacle_to,
    passages_now,
    seen_by,
    text_of_file,
    texts_to_bring,
)
from observations.texts import parties_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from observations.wording import word_count_of
from reviews.bringing import BringingPage, FilePage, FileUploadView, day_of_opening, get_file_of_any_kind
from reviews.bringing.enums import BringingAction
from reviews.bringing.models import BroughtFile
from reviews.cases import limit_of

_MARKDOWN = "text/markdown; charset=utf-8"


class TextToBringListView(BringingPage, ListPage):
    """Which texts can be brought in."""

    title = gettext_lazy("Bring in agreed texts")
    template_name = "observations/bringing/text_list.html"
    empty_title = gettext_lazy("There is no text that could be brought in")
    empty_text = gettext_lazy(
        "A text stands here once the step of its review says that it was agreed. Bring in its step first."
    )

    def get_rows(self) -> Any:
        return texts_to_bring(self.mechanism)


class TextToBringPage(BringingPage):
    """A page about one text of one review."""

    policy_action = BringingAction.PREPARE
    text: AgreedText

    def get_policy_target(self) -> None:
        require(self.request.user, BringingAction.PREPARE)
        address = (self.kwargs[name] for name in ("mechanism", "code", "instrument", "kind"))
        self.text = get_text_to_bring(*address)

    def get_caption(self) -> str:
        return _caption(self.text)

    def get_trail(self) -> list[Crumb]:
        listed = reverse("observations:bringing-texts", args=[self.kwargs["mechanism"]])
        return [*super().get_trail(), Crumb(_("Agreed texts"), listed)]


class TextTemplateView(TextToBringPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = f"{self.text.review.code}-{self.text.instrument.slug}-{self.text.kind}".replace("_", "-")
        if request.GET.get("as") == "md":
            content = text_template_as_markdown(self.text)
            return attachment(content, file_name=f"{name}.md", content_type=_MARKDOWN)
        content = text_template_as_word(self.text)
        return attachment(content, file_name=f"{name}.docx", content_type=ACCEPTED[".docx"])


class TextUploadView(TextToBringPage, FileUploadView):
    columns = COLUMNS
    form_class = SentTextForm
    title = gettext_lazy("Bring in the text")
    template_name = "observations/bringing/text_upload.html"

    @property
    def kind(self) -> Any:  # type: ignore[override]
        return KINDS[TextKind(self.text.kind)]

    @property
    def review(self) -> Any:
        return self.text.review

    @property
    def instrument(self) -> Any:
        return self.text.instrument

    def obstacle_now(self) -> str:
        return obstacle_to(self.text)

    def get_form_kwargs(self) -> dict[str, Any]:
        read = None if self.obstacle else self.read
        return {**super().get_form_kwargs(), "read": read, "opened_on": day_of_opening(self.review)}

    def read(self, name: str, content: bytes) -> list[TextPassage]:
        known = known_text(self.text)
        return passages_of(read_written(name, content, known.notes), known)

    def get_initial(self) -> dict[str, Any]:
        return {"language": self.text.language}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"text": self.text, **kwargs})

    def content_of(self, form: SentTextForm) -> dict[str, Any]:
        return {**form.agreed_words(), "passages": packed(form.rows)}

    def success_message_for(self, result: BroughtFile) -> str:
        return _("All of it can be carried over. Look at it as it would be read; nothing lies on the table yet.")


class TextFileView(FilePage):
    template_name = "observations/bringing/text_file.html"

    def get_policy_target(self) -> BroughtFile:
        require(self.request.user, BringingAction.LIST)
        file = get_file_of_any_kind(self.kwargs["mechanism"], self.kwargs["file"])
        return found(file if file.kind in KINDS.values() else None)

    def get_title(self) -> str:
        return str(self.file.get_kind_display())

    @cached_property
    def text(self) -> AgreedText:
        return text_of_file(self.file)

    def get_caption(self) -> str:
        return _caption(self.text)

    def preview(self) -> tuple[dict[str, Any], str]:
        text = self.text
        if obstacle := obstacle_to(text):
            return {"obstacle": obstacle}, ""
        passages = passages_now(self.file, text)
        if wrong := wrong_rows(passages, COLUMNS):
            return {"wrong": wrong, "is_text": True}, ""
        document = document_from(self.file, text, passages)
        shown = {
            "review": text.review,
            "text": text,
            "document": document,
            "parties": parties_to(text),
            "moves_on": moves_on(text),
            "word_count": word_count_of(document),
            "limit": limit_of(text.review, "summary_words").value if text.kind == TextKind.SUMMARY else None,
            "has_own_words": any(each.section and each.section != AROUND for each in passages),
            "left_out": [each for each in passages if each.section == AROUND],
            "is_numbered_anew": numbered_anew(passages, document),
            "language_name": OWN_NAMES[self.file.content["language"]],
            "agreed_on": dt.date.fromisoformat(self.file.content["agreed_on"]),
        }
        return shown, seen_by(text, document)


def _caption(text: AgreedText) -> str:
    what = f"{text.get_kind_display()}, {text.instrument}"
    return f"{what} · {text.review.state_under_review} · {in_own_order(text.review.code)}"
