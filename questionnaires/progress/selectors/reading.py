"""Answers to be read, by part and section; of a draft those that its reader may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from questionnaires.definitions import PartDefinition, PlacedSection
from questionnaires.progress.selectors.answers import answers_in
from questionnaires.progress.selectors.overview import ItemState, ResponseOverview
from questionnaires.progress.selectors.written import EMPTY, AnswerSnapshot
from questionnaires.responses.enums import AnswerState


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section with its answers, as it is read and printed. ``beside``: what something was sent beside."""

    place: PlacedSection
    items: tuple[ItemState, ...]
    beside: frozenset[str] = frozenset()

    @property
    def asked_items(self) -> tuple[ItemState, ...]:
        """Also those that are asked no longer and to which something was sent beside, so that it is read."""
        return tuple(state for state in self.items if state.is_asked or state.item.code in self.beside)


@dataclass(frozen=True, slots=True)
class ReadPart:
    """The share of one instrument with its answers."""

    part: PartDefinition
    sections: tuple[ReadSection, ...]


def draft_parts(overview: ResponseOverview) -> tuple[ReadPart, ...]:
    """All sections of a draft that its reader may see, with the answers as they are now; one query."""
    places = tuple(progress.place for progress in overview.sections)
    items = [item for place in places for item in place.section.items]
    return read_parts(places, overview.states, answers_in(overview.response, items, overview.sheet))


def read_parts(
    places: Iterable[PlacedSection],
    states: Mapping[str, AnswerState],
    snapshots: Mapping[str, AnswerSnapshot],
    beside: frozenset[str] = frozenset(),
) -> tuple[ReadPart, ...]:
    """These sections with their answers, by instrument, in their order; no query."""
    by_part: dict[str, list[ReadSection]] = {}
    parts: dict[str, PartDefinition] = {}
    for place in places:
        parts[place.part.instrument] = place.part
        items = tuple(
            ItemState(item, snapshots.get(item.code, EMPTY), states.get(item.code)) for item in place.section.items
        )
        by_part.setdefault(place.part.instrument, []).append(ReadSection(place, items, beside))
    return tuple(ReadPart(parts[slug], tuple(sections)) for slug, sections in by_part.items())
