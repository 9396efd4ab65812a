"""The question of a form out of a mould: what a version says never changes, and is made once in each language.

A section has some forty questions of ten templates each; of these an answer changes a dozen values.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.template import loader
from django.template.base import Template
from django.template.context import Context
from django.utils.safestring import SafeString

from core.language.terminology import Tongue, tongue
from core.web.moulds import Mould, mark
from questionnaires.answers.items import SPARE_CITATIONS, CitationRow, ItemField, OptionBox

_VALUES = (
    "first",
    "hidden",
    "kept_hidden",
    "body_hidden",
    "base",
    "words_open",
    "laws_open",
    "text",
    "saved_words",
    "history_hidden",
    "clear_hidden",
    "outside_checked",
    "law_flags",
)
_OF_A_LAW = ("law", "provision", "link")
# What the words of a question hang on besides the item: all of it is the version's, or in the key of a mould.
_OF_PAGE = ("official", "answers_language", "translations", "shown_in")
# Each some three thousand characters: all questions of a cluster in two languages.
MOST_MOULDS = 2048


class _Blank:
    """Stands for a field while its mould is made: what the question says it says, of its answer it gives marks."""

    error = conflict = None
    is_unsaved = can_be_mended = False

    def __init__(self, of: ItemField) -> None:
        self._of = of
        self.boxes = [
            OptionBox(box.text, box.id, mark(f"checked-{place}"), box.asks_for_words, box.asks_for_law)
            for place, box in enumerate(of.boxes)
        ]
        laws = [{name: mark(f"{name}-{place}") for name in _OF_A_LAW} for place in range(len(of.shown.citations))]
        self.citation_rows = [CitationRow(law) for law in laws] + of.citation_rows[-SPARE_CITATIONS:]

    def __getattr__(self, name: str) -> Any:
        return mark(name) if name in _VALUES else getattr(self._of, name)


class _Key(NamedTuple):
    """What the words of a question hang on."""

    version: UUID
    code: str
    citations: int
    tongue: Tongue
    official: str
    answers_language: str
    asks_competence: bool
    is_conditional: bool  # a contributor who got it alone is asked in any case


_moulds: dict[_Key, Mould] = {}


def _template() -> Template:
    template: Template = loader.get_template("questionnaires/answers/_question.html").template  # type: ignore[attr-defined]
    return template


def question(of: ItemField, history_url: str, notes_url: str, context: Context) -> SafeString:
    """The question with its answer. What is unsaved, wrong or in conflict says more than a mould has room for."""
    if of.error or of.conflict or of.is_unsaved or not all(law.get("law") for law in of.shown.citations):
        return rendered(of, history_url, notes_url, context)
    key = _Key(
        version=context["response"].version_id,
        code=of.item.code,
        citations=len(of.shown.citations),
        tongue=tongue(),
        official=context["official"].code,
        answers_language=context["answers_language"],
        asks_competence=of.asks_competence,
        is_conditional=of.item.condition is not None,
    )
    mould = _moulds.get(key)
    if mould is None:
        if len(_moulds) >= MOST_MOULDS:
            _moulds.clear()
        blank = Context({name: context.get(name) for name in _OF_PAGE})
        mould = _moulds[key] = Mould(rendered(_Blank(of), mark("history_url"), mark("notes_url"), blank))
    return mould.fill(_values_of(of, history_url, notes_url))


def rendered(of: ItemField | _Blank, history_url: str, notes_url: str, context: Context) -> SafeString:
    """The question by its template, without a mould."""
    with context.push(field=of, history_url=history_url, notes_url=notes_url):
        return _template().render(context)


def _values_of(of: ItemField, history_url: str, notes_url: str) -> Mapping[str, Any]:
    values: dict[str, Any] = {name: getattr(of, name) for name in _VALUES}
    values["history_url"], values["notes_url"] = history_url, notes_url
    values |= {f"checked-{place}": box.checked for place, box in enumerate(of.boxes)}
    for place, law in enumerate(of.shown.citations):
        values |= {f"{name}-{place}": law.get(name, "") for name in _OF_A_LAW}
    return values
