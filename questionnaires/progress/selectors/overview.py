"""How far a response and its sections are, on the sheet of whoever looks."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.people.models import User
from questionnaires.definitions import Item, PlacedSection, VersionIndex, index_of
from questionnaires.progress.completeness import ProgressCounts, states_of
from questionnaires.progress.selectors.answers import answer_values, answers_in
from questionnaires.progress.selectors.written import EMPTY, AnswerSnapshot, WrittenSheet, written_on
from questionnaires.responses import OFFICIAL, Sheet, sections_visible_to, sheet_of
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Response


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item on a page: its answer and how it stands."""

    item: Item
    answer: AnswerSnapshot
    state: AnswerState | None  # None for a heading

    @property
    def is_asked(self) -> bool:
        return self.state != AnswerState.NOT_ASKED

    @property
    def depth(self) -> int:
        return len(self.item.number) - 1


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far a section is: counts of items asked, answered and still missing."""

    place: PlacedSection
    asked: int
    answered: int
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def counts(self) -> ProgressCounts:
        return ProgressCounts(self.asked, self.answered, len(self.missing))


@dataclass(frozen=True, slots=True)
class ResponseOverview:
    """A response as its reader may see it: the sections and how each stands on the reader's ``sheet``.

    ``written``: what stands on it, where the page is that of a section.
    """

    response: Response
    index: VersionIndex
    sections: tuple[SectionProgress, ...]
    states: Mapping[str, AnswerState]
    sheet: Sheet = OFFICIAL
    written: WrittenSheet | None = None

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def asked(self) -> int:
        return sum(section.asked for section in self.sections)

    @property
    def missing(self) -> int:
        return sum(len(section.missing) for section in self.sections)

    @property
    def counts(self) -> ProgressCounts:
        return ProgressCounts(self.asked, self.answered, self.missing)

    def section_at(self, place: PlacedSection) -> SectionProgress:
        return next(section for section in self.sections if section.place.pk == place.pk)


def overview_for(user: User, response: Response, whole: PlacedSection | None = None) -> ResponseOverview:
    """How each section that the user may see stands, by what he or she writes there; two queries.

    With the answers of the section that is shown ``whole``, which the same query reads.
    """
    sheet = sheet_of(user, response)
    written = written_on(response, sheet, whole.pk) if whole else None
    return _overview(response, sheet, sections_visible_to(user, response), written)


def official_overview(response: Response) -> ResponseOverview:
    """How each section that applies stands by the official answers; for whoever reads all of these; one query."""
    return _overview(response, OFFICIAL, index_of(response.version_id).applicable_sections(response.party_to))


def _overview(
    response: Response, sheet: Sheet, places: tuple[PlacedSection, ...], written: WrittenSheet | None = None
) -> ResponseOverview:
    index = index_of(response.version_id)
    items = tuple(item for place in places for item in place.section.items)
    values = written.values if written else answer_values(response, sheet=sheet)
    states = states_of(items, index.optional, values)
    sections = tuple(_progress(place, states) for place in places)
    return ResponseOverview(response, index, sections, states, sheet, written)


def section_progress(
    response: Response, place: PlacedSection, sheet: Sheet = OFFICIAL
) -> tuple[SectionProgress, frozenset[str]]:
    """How one section stands and which of its items are asked; one query.

    No condition of the questionnaires reaches into another section.
    """
    index = index_of(response.version_id)
    items = place.section.items
    values = answer_values(response, [index.question_ids[item.code] for item in items], sheet)
    states = states_of(items, index.optional, values)
    asked = frozenset(item.code for item in items if states.get(item.code) != AnswerState.NOT_ASKED)
    return _progress(place, states), asked


def _progress(place: PlacedSection, states: Mapping[str, AnswerState]) -> SectionProgress:
    own = {item.code: states[item.code] for item in place.section.items if item.code in states}
    return SectionProgress(
        place=place,
        asked=sum(state != AnswerState.NOT_ASKED for state in own.values()),
        answered=sum(state == AnswerState.ANSWERED for state in own.values()),
        missing=tuple(code for code, state in own.items() if state == AnswerState.EMPTY),
    )


def section_items(overview: ResponseOverview, place: PlacedSection) -> tuple[ItemState, ...]:
    """The items of a section with their answers. Answers to items that are not asked come along.

    One query, and none where the overview has read the section.
    """
    written = overview.written
    if written is not None and written.whole == place.pk:
        snapshots = written.answers
    else:
        snapshots = answers_in(overview.response, place.section.items, overview.sheet)
    return tuple(
        ItemState(item, snapshots.get(item.code, EMPTY), overview.states.get(item.code)) for item in place.section.items
    )
