"""What ministries propose, and how far each is; for those who draft for the State, and of each ministry its own."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.hashes import document_hash
from core.language.differences import Run, word_differences
from questionnaires.answers import AnswerSave, reference_lines, steps_of
from questionnaires.assignments import assignments_of, contributors_of, whose_words
from questionnaires.definitions import PlacedSection, VersionIndex, index_of
from questionnaires.ministries.enums import PartState
from questionnaires.moving import KeptAnswer, kept_proposals
from questionnaires.progress import AnswerSnapshot, snapshot
from questionnaires.responses import covered, proposes
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Proposal, ProposalRevision, Response, SectionAssignment
from reviews.cases.models import Participation
from reviews.ministries.models import Ministry


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal beside the official answer: what adopting it as it is would change there, and its saves (``steps``).

    ``is_adopted``: as it is now, it has gone into the official answer.
    """

    proposal: Proposal
    is_adopted: bool
    choices: Sequence[Run]
    text: Sequence[Run]
    citations: Sequence[Run]
    steps: Sequence[AnswerSave]


@dataclass(frozen=True, slots=True)
class SentPart:
    """What was sent to a ministry of one section, with how it stands. ``shown``: of all of it, as it is now."""

    assignment: SectionAssignment
    state: PartState
    proposals: int
    shown: str

    @property
    def is_late(self) -> bool:
        """By its date, and nothing was said of it: what came back after that is waited for, by no date."""
        due, said = self.assignment.due_on, self.assignment.said
        return due is not None and due < timezone.localdate() and self.state in _WAITS and not said

    @property
    def is_waited_for(self) -> bool:
        return self.state in _WAITS

    @property
    def is_to_check(self) -> bool:
        return self.state in {PartState.PROPOSED, PartState.ADOPTED}


_WAITS = frozenset({PartState.WITH, PartState.RETURNED})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has parts: a ministry with its people, or one contributor."""

    key: UUID
    name: str
    people: Sequence[Participation]

    @property
    def names(self) -> list[str]:
        return [each.user.full_name for each in self.people]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section, with what was sent of it by holder; ``cells`` in the order of the matrix' holders."""

    place: PlacedSection
    holders: Sequence[Holder]
    cells: Sequence[Sequence[SentPart]]

    @property
    def by_holder(self) -> list[tuple[Holder, Sequence[SentPart]]]:
        return list(zip(self.holders, self.cells, strict=True))

    @property
    def is_sent(self) -> bool:
        return any(self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sections × ministries. ``counts`` are of all parts sent; with ``not_sent`` sections that nobody has."""

    contributors: Sequence[Participation]
    ministries: Sequence[Holder]
    holders: Sequence[Holder]
    rows: Sequence[SectionRow]

    @property
    def parts(self) -> list[SentPart]:
        return [part for row in self.rows for cell in row.cells for part in cell]

    @property
    def with_parts(self) -> frozenset[UUID]:
        """The contributors and ministries to whom anything was sent as such."""
        return frozenset(part.assignment.holder_id for part in self.parts)

    @property
    def people_with_parts(self) -> frozenset[UUID]:
        """The contributors who have anything, alone or with their ministry."""
        return frozenset(each.pk for holder in self.holders if holder.key in self.with_parts for each in holder.people)

    @property
    def counts(self) -> Mapping[PartState, int]:
        found = Counter(part.state for part in self.parts)
        return {state: found[state] for state in PartState}

    @property
    def late(self) -> int:
        return sum(part.is_late for part in self.parts)

    @property
    def not_sent(self) -> int:
        return sum(not row.is_sent for row in self.rows)


def matrix_of(response: Response) -> Matrix:
    """Who has what and how far it is; for readers of the whole draft; three queries."""
    index = index_of(response.version_id)
    people = contributors_of(response.review).select_related("user", "membership__ministry")
    contributors = list(people.order_by("user__organization", "pk"))
    parts = parts_of(response)
    ministries = _ministries(contributors)
    holders = _holders(contributors, ministries, {part.assignment.holder_id for part in parts})
    column = {each.key: place for place, each in enumerate(holders)}
    rows = []
    for place in index.applicable_sections(response.party_to):
        cells: list[list[SentPart]] = [[] for _each in holders]
        for part in parts:
            if part.assignment.section_id == place.pk and part.assignment.holder_id in column:
                cells[column[part.assignment.holder_id]].append(part)
        rows.append(SectionRow(place, holders, cells))
    return Matrix(contributors, ministries, holders, rows)


def _ministries(contributors: Iterable[Participation]) -> list[Holder]:
    people: dict[Ministry, list[Participation]] = {}
    for each in contributors:
        if member := getattr(each, "membership", None):
            people.setdefault(member.ministry, []).append(each)
    return [Holder(ministry.pk, ministry.name, of_it) for ministry, of_it in people.items()]


def _holders(
    contributors: Iterable[Participation], ministries: Iterable[Holder], with_parts: Collection[UUID]
) -> list[Holder]:
    """The columns: whoever has parts; a ministry also where none of its people has any alone."""
    columns = [
        each for each in ministries if each.key in with_parts or not any(one.pk in with_parts for one in each.people)
    ]
    shown = {person.pk for each in columns for person in each.people}
    for each in contributors:
        if each.pk not in shown or each.pk in with_parts:
            organization = "" if each.pk in shown else each.user.organization
            columns.append(Holder(each.pk, organization or each.user.full_name, (each,)))
    return columns


def parts_of(response: Response, holder: UUID | None = None) -> list[SentPart]:
    """What was sent to ministries and contributors (or to one holder), with how it stands; two queries.

    Of a part of a ministry the row of one of its people stands for all, and the proposals of all are its proposals.
    """
    rows = assignments_of(response).select_related("section", "question", "participation__user", "checked_by")
    rows = rows.order_by(
        "section__part__order", "section__order", F("question__order").asc(nulls_first=True), "created_at", "pk"
    )
    by_part: dict[tuple[UUID, UUID, UUID | None], list[SectionAssignment]] = {}
    for row in rows:
        if holder in {None, row.holder_id}:
            by_part.setdefault((row.holder_id, row.section_id, row.question_id), []).append(row)
    by_person: dict[UUID, list[Proposal]] = {}
    for proposal in _proposals(response):
        by_person.setdefault(proposal.participation_id, []).append(proposal)
    index = index_of(response.version_id)
    return [
        _part(first, index, [each for row in (first, *others) for each in by_person.get(row.participation_id, [])])
        for first, *others in by_part.values()
    ]


def _part(row: SectionAssignment, index: VersionIndex, proposals: Iterable[Proposal]) -> SentPart:
    own = [each for each in proposals if each.question.section_id == row.section_id]
    if row.question_id is not None:
        head = index.codes[row.question_id]
        own = [each for each in own if covered([index.items[index.codes[each.question_id]]], [head])]
    return SentPart(row, _state(row, own), len(own), _hash(row, own))


def _hash(row: SectionAssignment, proposals: Iterable[Proposal]) -> str:
    """Of whatever somebody looks at who calls a part checked."""
    said = [row.holder_id, row.section_id, row.question_id, row.updated_at]
    written = sorted((str(each.pk), each.revision, str(each.return_answered_at)) for each in proposals)
    return document_hash({"part": [str(each) for each in said], "proposals": written})


def _state(row: SectionAssignment, proposals: Sequence[Any]) -> PartState:
    if any(each.is_returned for each in proposals):
        return PartState.RETURNED
    if row.said == AssignmentWord.NOT_OURS:
        return PartState.NOT_OURS
    if _is_checked(row, proposals):
        return PartState.CHECKED
    if row.said != AssignmentWord.DONE:
        return PartState.WITH
    if proposals and all(each.adopted == each.revision for each in proposals):
        return PartState.ADOPTED
    return PartState.PROPOSED


def _is_checked(row: SectionAssignment, proposals: Sequence[Any]) -> bool:
    """Whether somebody has checked it, and nothing came after that; a part is changed by no other act then."""
    times = [time for each in proposals for time in (each.updated_at, each.return_answered_at) if time]
    return row.checked_by_id is not None and all(time <= row.updated_at for time in times)


def _proposals(response: Response) -> QuerySet[Proposal]:
    """With ``adopted``, the newest revision that has gone into the official answer, and ``whose`` words they are."""
    rows = Proposal.objects.filter(response=response, question__version=response.version_id)
    rows = rows.annotate(adopted=Max("adoptions__number"), whose=whose_words())
    return rows.select_related("question", "participation__user", "saved_by")


def proposals_on(response: Response, code: str) -> QuerySet[Proposal]:
    """All proposals of one question, the oldest ministry first; for readers of the whole draft."""
    question = index_of(response.version_id).question_ids[code]
    saves = ProposalRevision.objects.select_related("saved_by").order_by("-created_at")
    rows = _proposals(response).filter(question=question).prefetch_related(Prefetch("revisions", saves))
    return rows.order_by("created_at")


def kept_on(response: Response, code: str) -> list[KeptAnswer]:
    """Proposals to the question of an earlier version whose place this one has; none before the first move."""
    return [each for each in kept_proposals(response) if each.move.new is not None and each.move.new.code == code]


def number_kept(response: Response) -> Mapping[UUID, int]:
    """By contributor: how many proposals had no place in the version of now; no query before the first move."""
    return Counter(row.answer.participation_id for row in kept_proposals(response))


def shown_beside(official: AnswerSnapshot, proposals: Iterable[Any]) -> list[ShownProposal]:
    return [
        ShownProposal(
            proposal=each,
            is_adopted=each.adopted == each.revision,
            choices=word_differences("\n".join(official.choices), "\n".join(each.choices)),
            text=word_differences(official.text, each.text),
            citations=word_differences(reference_lines(official.citations), reference_lines(each.citations)),
            steps=steps_of(each.revisions.all()),
        )
        for each in proposals
    ]


def get_proposal(response: Response, code: str, key: UUID) -> Proposal:
    """Raises Http404; the caller has asked the policy for the whole draft."""
    found = proposals_on(response, code).filter(pk=key).first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def get_returned(user: User, response: Response, code: str) -> Proposal:
    """The user's own proposal that was returned. Raises Http404 where there is none."""
    capacity = proposes(user, response)
    rows = proposals_on(response, code).filter(participation=capacity.participation_id) if capacity else None
    found = rows.exclude(returned_at=None).filter(return_answered_at=None).first() if rows is not None else None
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def get_own_part(user: User, response: Response, key: UUID) -> SectionAssignment:
    """What was sent to the user. Raises Http404 for what was sent to others, or was taken back."""
    capacity = proposes(user, response)
    rows = assignments_of(response).select_related("section", "question")
    found = rows.filter(pk=key, participation=capacity.participation_id).first() if capacity else None
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def silent_parts(part: SectionAssignment) -> QuerySet[SectionAssignment]:
    """What else its contributor was sent and has said nothing of."""
    own = SectionAssignment.objects.filter(response=part.response_id, participation=part.participation_id, said="")
    return own.exclude(pk=part.pk).order_by("pk")


def shown_of(parts: Iterable[SectionAssignment]) -> str:
    """What a form carries of several parts, in any order."""
    return "|".join(sorted(each.as_shown for each in parts))


def get_part(response: Response, key: UUID) -> SectionAssignment:
    """Raises Http404; the caller has asked the policy for the whole draft."""
    found = assignments_of(response).select_related("section", "question").filter(pk=key).first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def official_answer(response: Response, code: str) -> AnswerSnapshot | None:
    question = index_of(response.version_id).question_ids[code]
    row = response.answers.filter(question=question).select_related("saved_by").first()
    return snapshot(row) if row else None
