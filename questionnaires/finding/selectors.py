"""What a self-assessment, what was sent of one, and the published questionnaires are looked through.

Each asks the selectors that the pages ask, and shows where a passage is read; nobody finds what no page shows.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from accounts.people.models import User
from core.language.rendering import as_words
from core.language.searching import ExcerptPiece, SearchPassage, excerpts_of, fold, matches_in
from core.policy import can
from questionnaires.definitions import Item, PlacedSection, index_of, published_versions
from questionnaires.laws import Library, library_of
from questionnaires.laws.enums import LawAction
from questionnaires.laws.models import Law
from questionnaires.progress import ItemState, ReadPart, draft_parts, overview_for
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.submissions import CitedLaw, laws_in
from questionnaires.wording import anchor

MOST = 30  # of a kind; whoever looks for more narrows the words
QUESTIONS, ANSWERS, LAWS = _("Questions"), pgettext_lazy("found by a search", "Answers"), _("Laws")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Where a passage is read.

    ``item``: the question that it is about, ``under``: the official heading above it. ``label``: of a law its title.
    """

    url: str
    item: Item | None = None
    label: str = ""
    under: str = ""
    under_language: str = ""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    place: FoundPlace
    language: str
    pieces: list[ExcerptPiece]


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """The first ``MOST`` of a kind; ``number``: how many there are."""

    kind: str
    number: int
    passages: list[FoundPassage]

    @property
    def has_more(self) -> bool:
        return self.number > len(self.passages)


@dataclass(frozen=True, slots=True)
class FoundWords:
    """``are_close``: nothing holds the words themselves."""

    groups: list[FoundGroup] = field(default_factory=list)
    are_close: bool = False

    @property
    def number(self) -> int:
        return sum(group.number for group in self.groups)


def found_in_draft(user: User, response: Response, text: str) -> FoundWords:
    """In the questions that are asked of the reader, in the answers on his or her sheet, and in the State's library."""
    overview, review = overview_for(user, response), response.review
    address = [review.mechanism.slug, review.code]
    sections = [section for part in draft_parts(overview) for section in part.sections]
    asked = [(section.place, state) for section in sections for state in section.asked_items]

    def where(place: PlacedSection, item: Item) -> str:
        page = reverse("questionnaires:section-detail", args=[*address, *place.address])
        return f"{page}#{anchor(item.code)}"

    passages = [*_of_answers(response.version_id, response.language, asked, where)]
    if can(user, LawAction.VIEW, review):
        passages += _of_library(library_of(review, with_texts=True), address)
    return _found(passages, text, [str(kind) for kind in (QUESTIONS, ANSWERS, LAWS)])


def found_in_submission(submission: ResponseSubmission, parts: Sequence[ReadPart], text: str) -> FoundWords:
    """In what was sent, from the frozen document alone; ``parts``: that, as it is read."""
    address = [submission.review.mechanism.slug, submission.review.code]
    sections = [section for part in parts for section in part.sections]
    asked = [(section.place, state) for section in sections for state in section.asked_items]

    def where(place: PlacedSection, item: Item) -> str:
        page = reverse("questionnaires:submission-part", args=[*address, place.part.instrument])
        return f"{page}#{anchor(item.code)}"

    passages = [*_of_answers(submission.version_id, submission.language, asked, where)]
    passages += _of_cited(laws_in(sections), address)
    return _found(passages, text, [str(kind) for kind in (QUESTIONS, ANSWERS, LAWS)])


def found_in_questionnaires(text: str) -> FoundWords:
    """In all questions of the published questionnaires, which everybody reads."""
    passages: list[SearchPassage] = []
    kinds: list[str] = []
    for version in published_versions():
        index = index_of(version.pk)
        cluster = version.questionnaire.cluster
        kind = gettext("Cluster %(roman)s: %(name)s") % {"roman": cluster.roman, "name": cluster.name}
        page = reverse("questionnaires:questionnaire-detail", args=[version.questionnaire.slug])
        for code, item in index.items.items():
            place = _placed(f"{page}#{anchor(code)}", item, index.section_of[code], version.language)
            passages += _of_question(version.pk, kind, place, item)
        kinds.append(kind)
    return _found(passages, text, kinds)


def _of_answers(
    version_id: UUID, language: str, asked: Iterable[tuple[PlacedSection, ItemState]], where: Any
) -> Iterator[SearchPassage]:
    official = index_of(version_id).definition.language
    for section, state in asked:
        place = _placed(where(section, state.item), state.item, section, official)
        yield from _of_question(version_id, str(QUESTIONS), place, state.item)
        answer = state.answer
        laws = [", ".join(filter(None, (each["law"], each.get("provision", "")))) for each in answer.citations]
        words = "\n".join(filter(str.strip, [*as_words(answer.text).split("\n"), *laws]))
        if words:
            yield SearchPassage((str(ANSWERS), place), language, words)


def _of_question(version_id: UUID, kind: str, place: FoundPlace, item: Item) -> Iterator[SearchPassage]:
    """The official words, and what they are in the reader's language; options are looked through with the question."""
    for language, words, folded in _wordings(version_id, get_language() or "")[item.code]:
        yield SearchPassage((kind, place), language, words, folded)


@functools.lru_cache(maxsize=128)
def _wordings(version_id: UUID, reader: str) -> Mapping[str, list[tuple[str, str, str]]]:
    """By code: a published version never changes."""
    index = index_of(version_id)
    definition = index.definition
    shown = definition.translations.get(reader, {}) if reader != definition.language else {}
    wordings: dict[str, list[tuple[str, str, str]]] = {}
    for code, item in index.items.items():
        texts = [item.text, *item.options, *(note.text for note in item.footnotes)]
        lines = [(definition.language, "\n".join(texts))]
        if any(text in shown for text in texts):
            lines.insert(0, (reader, "\n".join(shown[text] for text in texts if text in shown)))
        wordings[code] = [(language, words, fold(words)) for language, words in lines]
    return wordings


def _placed(url: str, item: Item, section: PlacedSection, language: str) -> FoundPlace:
    return FoundPlace(url, item, under=section.section.heading, under_language=language)


def _of_library(library: Library, address: list[str]) -> Iterator[SearchPassage]:
    laws: dict[UUID, Law] = {law.pk: law for law in library.by_key.values()}
    for law in sorted(laws.values(), key=lambda law: law.title.casefold()):
        url = reverse("questionnaires:law-detail", args=[*address, law.pk])
        words = [law.title, law.translation, law.number, law.also_cited_as, law.text]
        place = FoundPlace(url, label=law.title)
        yield SearchPassage((str(LAWS), place), law.language, "\n".join(filter(None, words)))


def _of_cited(laws: Iterable[CitedLaw], address: list[str]) -> Iterator[SearchPassage]:
    page = reverse("questionnaires:submission-laws", args=address)
    for number, cited in enumerate(laws, 1):
        said = cited.said or {}
        words = [cited.law, *(said.get(name, "") for name in ("translation", "number", "text"))]
        words += [provision for provision, _link in cited.provisions]
        place = FoundPlace(f"{page}#law-{number}", label=cited.law)
        yield SearchPassage((str(LAWS), place), said.get("language", ""), "\n".join(filter(None, words)))


def _found(passages: list[SearchPassage], text: str, kinds: list[str]) -> FoundWords:
    """By kind, each place once: where both wordings of a question hold the words, the reader's own is shown."""
    matches = matches_in(passages, text)
    by_kind: dict[str, dict[str, SearchPassage]] = {kind: {} for kind in kinds}
    for passage in matches.passages:
        kind, place = passage.key
        by_kind[kind].setdefault(place.url, passage)
    shown = {kind: list(found.values())[:MOST] for kind, found in by_kind.items()}
    pieces = iter(excerpts_of([passage for passages in shown.values() for passage in passages], text))
    groups = []
    for kind in kinds:
        own = [FoundPassage(each.key[1], each.language, next(pieces)) for each in shown[kind]]
        if own:
            groups.append(FoundGroup(kind, len(by_kind[kind]), own))
    return FoundWords(groups, matches.are_close)
