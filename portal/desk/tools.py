"""The forms in which one writes at each place of the desk; what is the same in all of them is rendered once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.web.moulds import Mould, mark
from dialogue.desk import CommentBox, Desk
from dialogue.slips.enums import SlipMark
from observations.texts import headings_of
from observations.texts.models import AgreedText
from portal.desk.entries import MarkButton
from reviews.cases import language_of
from reviews.programme.models import Article

_VALUES = ("url", "leads_to", "anchor", "about", "grounds")
_OF_BOX = ("url", "anchor", "text", "base", "shown", "saved_words")
_CHECKED, _GROUND = mark_safe(" checked"), '<input type="hidden" name="question_codes" value="{}">'


@dataclass(frozen=True, slots=True)
class OfferedArticle:
    """An article that an observation may be about; ``is_chosen``: it is what the section is about."""

    number: int
    title: str
    is_chosen: bool

    @property
    def checked(self) -> SafeString:
        """The place in the mould where its tick stands."""
        return mark(f"article {self.number}")


class DeskTools:
    """The forms for a request and for an observation, of one reader in one section.

    They post to the pages that have them alone, which give back what was typed where it cannot be saved.
    """

    def __init__(self, request: HttpRequest, desk: Desk, text: AgreedText | None) -> None:
        self.desk, self.text = desk, text
        self.token, self.back = get_token(request), request.get_full_path()
        self.articles: Sequence[OfferedArticle] = ()
        self._boxes: dict[str, Mould] = {}  # by the language of what is written in them

    def ask(self, url: str, anchor: str, about: str) -> SafeString:
        return self._ask.fill(self._values(url, anchor, about))

    def ask_further(self, url: str, anchor: str, about: str, number: int) -> SafeString:
        """Below the ``number``-th request of its place, from whose answer it goes on."""
        return self._ask_further.fill({**self._values(url, anchor, about), "anchor": f"{anchor}-{number}"})

    def observe(self, url: str, anchor: str, about: str, *, question: str = "", article: int = 0) -> SafeString:
        """On a question, which it then rests on; or on one ``article`` as a whole, which it then is about alone."""
        values: dict[str, Any] = self._values(url, anchor, about)
        values["grounds"] = format_html(_GROUND, question) if question else ""
        for each in self.articles:
            is_chosen = each.number == article if article else each.is_chosen
            values[f"article {each.number}"] = _CHECKED if is_chosen else ""
        return self._observe.fill(values)

    def box(self, box: CommentBox, label: str, language: str, anchor: str) -> SafeString:
        """A box as it stands on the desk, at the entry of an ``anchor``: nothing in it has been refused."""
        if language not in self._boxes:
            marks = {"box": {name: mark(name) for name in _OF_BOX}, "label": mark("label"), "next_page": mark("next")}
            given = {**marks, "language": language, "rows": 5}
            self._boxes[language] = self._mould("dialogue/feedback/_comment_box.html", **given)
        values = {name: getattr(box, name) for name in _OF_BOX}
        return self._boxes[language].fill({**values, "label": label, "next": f"{self.back}#{anchor}"})

    def marks(self, url: str, anchor: str, about: str, buttons: Iterable[MarkButton]) -> SafeString:
        """The buttons with which one marks a place; ``url``: where that is done."""
        values = {"url": url, "leads_to": f"{self.back}#{anchor}", "about": about}
        for each in buttons:
            values[f"press {each.mark}"] = each.press
            values[f"pressed {each.mark}"] = "true" if each.is_set else "false"
        return self._marks.fill(values)

    @cached_property
    def _marks(self) -> Mould:
        buttons = [
            {"press": mark(f"press {each}"), "pressed": mark(f"pressed {each}"), "label": each.label}
            for each in SlipMark
        ]
        given = {"marks": buttons, "seen": self.desk.submission.number}
        return self._mould("portal/desk/_desk_marks_form.html", **given)

    @cached_property
    def _ask(self) -> Mould:
        return self._mould_to_ask(tool="ask", title=_("Ask for clarification"))

    @cached_property
    def _ask_further(self) -> Mould:
        return self._mould_to_ask(tool="further", title=_("Ask further"))

    @cached_property
    def _observe(self) -> Mould:
        assert self.text is not None  # noqa: S101 - nobody drafts on a list that is not there
        return self._mould(
            "observations/observations/_observe_beside.html",
            language=self.text.language,
            headings=list(headings_of(self.text.review)),
            offered_articles=self.articles,
        )

    def _mould_to_ask(self, **more: str) -> Mould:
        return self._mould("dialogue/clarifications/_ask_beside.html", language=language_of(self.desk.review), **more)

    def _mould(self, template: str, **more: Any) -> Mould:
        marks = {name: mark(name) for name in _VALUES}
        return Mould(
            render_to_string(template, {**marks, "csrf_token": self.token, "who_reads": self.desk.room_shown, **more})
        )

    def _values(self, url: str, anchor: str, about: str) -> dict[str, str]:
        return {"url": url, "leads_to": f"{self.back}#{anchor}", "anchor": anchor, "about": about}


def offered(articles: Iterable[Article], of_section: Iterable[str]) -> list[OfferedArticle]:
    """The articles of the section; where it belongs to none that is under review, all that are."""
    numbers = set(of_section)
    own = [OfferedArticle(row.number, row.title, is_chosen=True) for row in articles if str(row.number) in numbers]
    return own or [OfferedArticle(row.number, row.title, is_chosen=False) for row in articles]
