"""What a page needs to show one item and to take its answer; templates only print it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.errors import ServiceError
from core.language.text import UNSEEN
from core.templatetags.components import saved_words
from questionnaires.answers.services import AnswerInput
from questionnaires.definitions import ConditionTree, Item
from questionnaires.definitions.enums import QuestionKind
from questionnaires.laws import Library
from questionnaires.progress import AnswerSnapshot, ItemState
from questionnaires.responses.enums import AnswerState
from questionnaires.wording import anchor

SPARE_CITATIONS = 2  # empty rows for those who have no JavaScript to add one
DEEPEST_INDENT = 3
NOTHING = SafeString("")
EMPTY_CITATION = {"law": "", "provision": "", "link": ""}


def attribute(name: str, is_set: bool) -> SafeString:
    """An attribute of HTML that is there or not; ``name`` is a word of ours."""
    return SafeString(f" {name}") if is_set else NOTHING


@dataclass(frozen=True, slots=True)
class OptionBox:
    """A radio button or check box; ``checked``: its attribute.

    ``asks_for_law``: a "Yes" to an article, for which the general guidance of the questionnaire asks for the law.
    """

    text: str
    id: str
    checked: str
    asks_for_words: bool
    asks_for_law: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in the fields: the stored answer, or what a person typed and could not be saved."""

    choices: tuple[str, ...]
    text: str
    citations: tuple[Mapping[str, str], ...]
    is_outside_competence: bool = False

    @classmethod
    def of_answer(cls, answer: AnswerSnapshot) -> "Content":
        return cls(answer.choices, answer.text, answer.citations, answer.is_outside_competence)

    @classmethod
    def of_input(cls, given: AnswerInput) -> "Content":
        citations = tuple(citation for citation in given.citations if any(citation.values()))
        return cls(tuple(given.choices), given.text, citations, given.is_outside_competence)

    @property
    def is_empty(self) -> bool:
        return not (self.choices or self.text or self.citations or self.is_outside_competence)

    @property
    def as_json(self) -> str:
        """For the script that puts it into the fields."""
        fields = {
            "choices": self.choices,
            "text": self.text,
            "citations": [dict(each) for each in self.citations],
            "outside": self.is_outside_competence,
        }
        return json.dumps(fields, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A legal reference in its fields; ``wrong`` names the one that has to be mended ("law" or "link")."""

    citation: Mapping[str, str]
    wrong: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """Two people answered the same item: ``theirs`` is stored, ``mine`` is in the history and in the fields."""

    theirs: AnswerSnapshot
    mine: Content

    @property
    def theirs_as_json(self) -> str:
        return Content.of_answer(self.theirs).as_json


@dataclass(frozen=True, slots=True)
class ItemField:
    """One item on the page of its section."""

    state: ItemState
    shown: Content
    error: ServiceError | None = None
    conflict: AnswerConflict | None = None
    is_first: bool = False  # of the questions asked
    asks_competence: bool = False  # who answers is an organization
    flags: tuple[str, ...] = ()  # of laws that it cites and that no longer stand

    @property
    def item(self) -> Item:
        return self.state.item

    @property
    def name(self) -> str:
        """Prefix of the names of its fields."""
        return f"{self.item.code}-"

    @property
    def anchor(self) -> str:
        return anchor(self.item.code)

    @property
    def indent(self) -> int:
        return min(self.state.depth, DEEPEST_INDENT)

    @property
    def is_group(self) -> bool:
        return self.item.kind == QuestionKind.GROUP

    @property
    def is_multiple(self) -> bool:
        return self.item.kind == QuestionKind.MULTIPLE

    @property
    def is_inline(self) -> bool:
        """Yes, in part and No stand in one line."""
        return len(self.item.options) <= 3 and all(len(option) < 16 for option in self.item.options)

    @property
    def base(self) -> int:
        return self.state.answer.revision

    @property
    def is_kept(self) -> bool:
        """Whether there is an answer to a question that is not asked at present."""
        return not self.state.is_asked and self.state.answer.revision > 0 and not self.is_empty

    @property
    def is_empty(self) -> bool:
        return self.shown.is_empty

    @property
    def is_unsaved(self) -> bool:
        """Whether the fields hold something else than what is stored."""
        return self.shown != Content.of_answer(self.state.answer)

    @property
    def saved_words(self) -> str:
        """When and by whom the stored answer was saved; empty where there is none."""
        answer = self.state.answer
        return saved_words(answer.saved_at, answer.saved_by) if answer.saved_at else ""

    @property
    def is_missing(self) -> bool:
        return self.state.state == AnswerState.EMPTY

    @property
    def boxes(self) -> list[OptionBox]:
        return [
            OptionBox(
                text,
                f"{self.anchor}-{place}",
                attribute("checked", text in self.shown.choices),
                text in self.item.free_text_options,
                bool(self.item.articles) and text in self.item.affirmative,
            )
            for place, text in enumerate(self.item.options)
        ]

    @property
    def text(self) -> str:
        return self.shown.text

    @property
    def hidden(self) -> str:
        """Of the question as a whole: it is not asked, and has no answer of before."""
        return attribute("hidden", not self.state.is_asked and not self.is_kept)

    @property
    def first(self) -> str:
        return attribute("data-first", self.is_first)

    @property
    def kept_hidden(self) -> str:
        """Of the words that say that the answer of before is kept."""
        return attribute("hidden", not self.is_kept)

    @property
    def body_hidden(self) -> str:
        return attribute("hidden", not self.state.is_asked)

    @property
    def outside_checked(self) -> str:
        """Of the box that says that the matter is not within the competence."""
        return attribute("checked", self.shown.is_outside_competence)

    @property
    def clear_hidden(self) -> str:
        """Of the button that takes back a choice."""
        return attribute("hidden", not self.shown.choices)

    @property
    def history_hidden(self) -> str:
        return attribute("hidden", not self.base)

    @property
    def words_open(self) -> str:
        """Of the words beside the boxes: they are shown without a click."""
        asked_for = any(choice in self.item.free_text_options for choice in self.shown.choices)
        is_open = bool(not self._is_chosen_alone or asked_for or self.conflict or self.error)
        return attribute("open", is_open)

    @property
    def _is_chosen_alone(self) -> bool:
        return not (self.shown.text or self.shown.citations or self.shown.is_outside_competence)

    @property
    def laws_open(self) -> str:
        """The same of the legal references alone."""
        is_wrong = self.error is not None and self.error.field == "citations"
        return attribute("open", bool(self.shown.citations) or is_wrong)

    @property
    def citation_rows(self) -> list[CitationRow]:
        """A row a reference and some to spare; an error names its row ("link-2")."""
        wrong, _hyphen, place = (self.error.field or "" if self.error else "").rpartition("-")
        rows = [*self.shown.citations, *[EMPTY_CITATION] * SPARE_CITATIONS]
        return [
            CitationRow(row, wrong if place == str(number) else "", str(self.error))
            for number, row in enumerate(rows, start=1)
        ]

    @property
    def law_flags(self) -> SafeString:
        """What to know of the laws that the stored answer cites, a paragraph each."""
        if not self.flags:
            return NOTHING
        return format_html_join(
            "", '<p class="app-question__flag" data-law-flag>{}</p>', ((flag,) for flag in self.flags)
        )

    @property
    def can_be_mended(self) -> bool:
        """Whether the form takes the error away where the person ticks the box beside it."""
        return self.error is not None and self.error.code == UNSEEN

    @property
    def error_target(self) -> str:
        """The id of the input that an error is about."""
        if self.error and self.error.field == "citations":
            return f"{self.anchor}-law-1"
        if self.error and (self.error.field or "").startswith(("law-", "link-")):
            return f"{self.anchor}-{self.error.field}"
        if self.error and self.error.field == "outside" and self.asks_competence:
            return f"{self.anchor}-outside"
        return f"{self.anchor}-0" if self.item.options and not self._is_about_words else f"{self.anchor}-text"

    @property
    def _is_about_words(self) -> bool:
        return self.error is not None and self.error.field == "text"

    @property
    def condition_as_json(self) -> str:
        return json.dumps(_bare(self.item.condition), ensure_ascii=False) if self.item.condition else ""


def _bare(tree: ConditionTree) -> dict[str, object]:
    """The tree without the words that it came from, which the page shows anyway."""
    bare: dict[str, object] = {key: value for key, value in tree.items() if key not in {"of", "source"}}
    if "of" in tree:
        of = tree["of"]
        bare["of"] = _bare(of) if isinstance(of, Mapping) else [_bare(branch) for branch in of]
    return bare


def fields_of(
    items: Sequence[ItemState],
    *,
    kept: Mapping[str, AnswerInput] | None = None,
    errors: Mapping[str, ServiceError] | None = None,
    conflicts: Mapping[str, AnswerConflict] | None = None,
    asks_competence: bool = False,
    library: Library | None = None,
) -> list[ItemField]:
    """The items of a section as they are shown; ``kept`` is what was typed and could not be saved, by code.

    ``library`` says of the laws that stored answers cite which no longer stand.
    """
    kept, errors, conflicts = kept or {}, errors or {}, conflicts or {}
    first = next((state for state in items if state.is_asked and state.item.kind != QuestionKind.GROUP), None)
    fields = []
    for state in items:
        code = state.item.code
        shown = Content.of_input(kept[code]) if code in kept else Content.of_answer(state.answer)
        flags = library.flags(state.answer.citations, state.answer.saved_at) if library else ()
        fields.append(
            ItemField(
                state=state,
                shown=shown,
                error=errors.get(code),
                conflict=conflicts.get(code),
                is_first=state is first,
                asks_competence=asks_competence,
                flags=flags,
            )
        )
    return fields
