"""What somebody had who takes part no longer, and what of it would go to another contributor."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from questionnaires.assignments import contributors_of
from questionnaires.definitions import VersionIndex, index_of
from questionnaires.responses import covered
from questionnaires.responses.models import Proposal, Response, SectionAssignment
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """How many parts and proposals of a contributor who takes part no longer can go to any of those of now."""

    participation: Participation
    parts: int
    proposals: int


@dataclass(frozen=True, slots=True)
class Going:
    """Keys of what would go to one person; ``dropped``: parts that he or she has already; ``kept``: own proposals."""

    parts: frozenset[UUID] = frozenset()
    dropped: frozenset[UUID] = frozenset()
    proposals: frozenset[UUID] = frozenset()
    kept: int = 0


def _of(part: SectionAssignment) -> tuple[UUID, UUID, UUID | None]:
    return part.holder_id, part.section_id, part.question_id


class HeldWork:
    """Parts and proposals of a response, by participation; what a ministry has stays with its other people."""

    def __init__(self, response: Response) -> None:
        self.index: VersionIndex = index_of(response.version_id)
        self.parts: dict[UUID, list[SectionAssignment]] = {}
        sent = list(SectionAssignment.objects.filter(response=response).select_related("participation"))
        held = {_of(part) for part in sent if part.participation.ended_at is None}
        for part in sent:
            if part.participation.ended_at is None or part.ministry_id is None or _of(part) not in held:
                self.parts.setdefault(part.participation_id, []).append(part)
        self.proposals: dict[UUID, dict[UUID, UUID]] = {}
        rows = Proposal.objects.filter(response=response, question__version=response.version_id)
        for key, person, question in rows.values_list("pk", "participation", "question"):
            self.proposals.setdefault(person, {})[question] = key

    def going(self, old: UUID, new: UUID | None) -> Going:
        """To ``new`` (None: to somebody who has nothing yet); a proposal goes where a part of it is there then."""
        own = self.proposals.get(new, {}) if new else {}
        standing = self.parts.get(new, []) if new else []
        there = {(part.section_id, part.question_id) for part in standing}
        left = self.parts.get(old, [])
        dropped = {part.pk for part in left if {(part.section_id, part.question_id), (part.section_id, None)} & there}
        codes = self._codes([*standing, *left])
        fitting = {
            question: key
            for question, key in self.proposals.get(old, {}).items()
            if self.index.codes[question] in codes
        }
        return Going(
            frozenset(part.pk for part in left) - dropped,
            frozenset(dropped),
            frozenset(key for question, key in fitting.items() if question not in own),
            len(fitting.keys() & own.keys()),
        )

    def _codes(self, parts: Iterable[SectionAssignment]) -> set[str]:
        items = {place.pk: place.section.items for place in self.index.sections}
        found: set[str] = set()
        for part in parts:
            here = items.get(part.section_id, ())
            if part.question_id is not None:
                here = covered(here, [self.index.codes[part.question_id]])
            found.update(item.code for item in here)
        return found


def left_behind(response: Response) -> list[LeftBehind]:
    """Whose work nobody goes on with, and somebody could; for who sends sections; one query where nobody has gone."""
    gone = Participation.objects.filter(
        Q(assignments__response=response) | Q(proposals__question__version=response.version_id),
        review=response.review_id,
        role=ParticipationRole.NATIONAL_CONTRIBUTOR,
        ended_at__isnull=False,
    ).distinct()
    people = list(gone.select_related("user").order_by("user__full_name", "pk"))
    if not people:
        return []
    held = HeldWork(response)
    takers: list[UUID | None] = [*contributors_of(response.review).values_list("pk", flat=True)] or [None]
    found = []
    for person in people:
        ways = [held.going(person.pk, taker) for taker in takers]
        parts = frozenset[UUID]().union(*(way.parts for way in ways))
        proposals = frozenset[UUID]().union(*(way.proposals for way in ways))
        if parts or proposals:
            found.append(LeftBehind(person, len(parts), len(proposals)))
    return found
