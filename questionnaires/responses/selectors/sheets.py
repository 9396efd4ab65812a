"""On which sheet somebody writes: the official answers of the State, or what one contributor proposes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.people import Actor
from questionnaires.definitions import Item, PlacedSection, VersionIndex, dependencies, index_of, parent_code
from questionnaires.responses.models import (
    Answer,
    AnswerRevision,
    Proposal,
    ProposalRevision,
    Response,
)
from questionnaires.responses.policy import ResponseSection, parts_sent, proposes


@dataclass(frozen=True, slots=True)
class Sheet:
    """The official answers, or those that the contributor of ``participation_id`` proposes.

    Both have the same columns, so that one page, one script and one way of saving serve them.
    """

    participation_id: UUID | None = None

    @property
    def is_official(self) -> bool:
        return self.participation_id is None

    @property
    def saves(self) -> QuerySet[Any]:
        """Every save of every answer on sheets of this kind."""
        return AnswerRevision.objects.all() if self.is_official else ProposalRevision.objects.all()

    def rows(self, response: Response) -> QuerySet[Any]:
        """The answers of a response on this sheet, also to questions of an earlier version."""
        if self.is_official:
            return Answer.objects.filter(response=response)
        return Proposal.objects.filter(response=response, participation=self.participation_id)

    def new_save(self, **given: Any) -> AnswerRevision | ProposalRevision:
        return (AnswerRevision if self.is_official else ProposalRevision)(**given)


OFFICIAL = Sheet()


def sheet_of(actor: Actor, response: Response) -> Sheet:
    capacity = proposes(actor, response)
    return Sheet(capacity.participation_id) if capacity else OFFICIAL


def target_of(response: Response, code: str) -> ResponseSection:
    """What the policy is asked about for one question, which the questionnaire has."""
    index = index_of(response.version_id)
    keys = tuple(index.question_ids[each] for each in _upwards(index, code))
    return ResponseSection(response, index.section_of[code].pk, keys)


def _upwards(index: VersionIndex, code: str) -> Iterator[str]:
    while code in index.items:
        yield code
        code = parent_code(code)


def sent_places(response: Response, participation_id: UUID | None) -> tuple[PlacedSection, ...]:
    """The applicable sections of which something was sent, with what was sent of them; at most one query."""
    sent: dict[UUID, set[UUID | None]] = {}
    for part in parts_sent(response, participation_id):
        sent.setdefault(part.section_id, set()).add(part.question_id)
    index = index_of(response.version_id)
    places = [place for place in index.applicable_sections(response.party_to) if place.pk in sent]
    narrowed = [
        place if None in sent[place.pk] else _narrowed(place, [index.codes[key] for key in sent[place.pk] if key])
        for place in places
    ]
    return tuple(place for place in narrowed if place.section.items)


def covered(items: Iterable[Item], codes: Iterable[str]) -> tuple[Item, ...]:
    """The items that are these questions or follow up on them."""
    heads = tuple(codes)
    return tuple(item for item in items if any(item.code == head or item.code.startswith(f"{head}.") for head in heads))


def _narrowed(place: PlacedSection, codes: Iterable[str]) -> PlacedSection:
    """With these questions and their follow-ups alone.

    What hangs on an answer that was not sent is asked: the focal point has asked for it.
    """
    items = covered(place.section.items, codes)
    there = {item.code for item in items}
    loose = tuple(item if dependencies(item.condition) <= there else replace(item, condition=None) for item in items)
    return replace(place, section=replace(place.section, items=loose))


def official_shown(response: Response, place: PlacedSection, sheet: Sheet) -> tuple[Item, ...]:
    """The items of a section of which a contributor reads the official answer; at most one query."""
    parts = parts_sent(response, sheet.participation_id)
    keys = {part.question_id for part in parts if part.shows_official and part.section_id == place.pk}
    if None in keys:
        return place.section.items
    index = index_of(response.version_id)
    return covered(place.section.items, [index.codes[key] for key in keys if key])
