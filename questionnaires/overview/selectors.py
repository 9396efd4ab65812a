"""How each question that is asked of a State stands, for those who draft, and of each ministry its own.

A number of queries that neither questions nor ministries change.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet
from django.utils import timezone

from accounts.people.models import User
from questionnaires.assignments import assignments_of
from questionnaires.definitions import Item, PlacedSection, VersionIndex
from questionnaires.margin import open_notes
from questionnaires.overview.enums import ChangeKind, QuestionStand
from questionnaires.overview.models import ResponseReading
from questionnaires.overview.pace import AnswerPace, pace_of
from questionnaires.progress import ResponseOverview
from questionnaires.responses import covered
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Answer, Response, SectionAssignment
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.due import open_milestones, today_where_owed
from reviews.programme.enums import MilestoneKind

_DRAFTERS_DO = frozenset({QuestionStand.PROPOSED, QuestionStand.UNSENT, QuestionStand.MISSING})
_ORDER = ("section__part__order", "section__order", "question__order")
WAITS = frozenset({QuestionStand.WITH, QuestionStand.RETURNED})
_MINISTRIES_DO = frozenset({QuestionStand.RETURNED, QuestionStand.MISSING})


@dataclass(frozen=True, slots=True)
class SavedBy:
    """What one person has saved on one question of the reader's sheet, from first to last."""

    code: str
    person_id: UUID
    name: str
    first_at: dt.datetime
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question that is asked; ``holders``: whose proposal lies there, or who is waited for.

    ``is_mine``: it waits for the reader's side. ``is_changed``: somebody else changed it since the reader was here.
    ``is_returned``: a proposal is back with its ministry, whatever others have proposed since.
    """

    place: PlacedSection
    item: Item
    stand: QuestionStand
    holders: tuple[Participation, ...] = ()
    is_missing: bool = False
    is_voluntary: bool = False
    is_mine: bool = False
    is_changed: bool = False
    is_returned: bool = False
    notes: int = 0  # threads of margin notes that are open


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What somebody changed: on which questions, or how many parts; ``who`` is empty where the reader learns none."""

    kind: ChangeKind
    who: str
    is_own: bool
    number: int
    at: dt.datetime
    rows: tuple[QuestionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Standings:
    """The questions asked, in the order of the questionnaire, with what was sent and saved of them.

    ``changes`` are those since the beginning of yesterday, the last first. ``returned``: what came back
    to a contributor and is not answered, also where it is not asked at present.
    """

    overview: ResponseOverview
    rows: tuple[QuestionRow, ...]
    saves: tuple[SavedBy, ...]
    assignments: tuple[SectionAssignment, ...]
    changes: tuple[ChangeLine, ...]
    returned: tuple[Item, ...] = ()

    @property
    def stands(self) -> list[QuestionStand]:
        """Those that any question has, and always the answered ones."""
        there = {row.stand for row in self.rows} | {QuestionStand.ANSWERED}
        return [stand for stand in QuestionStand if stand in there]

    @property
    def waited_for(self) -> list[tuple[Participation, int]]:
        """The ministries with questions that have no answer yet, and of how many."""
        people = {each.pk: each for row in self.rows if row.stand in WAITS for each in row.holders}
        counts = Counter(each.pk for row in self.rows if row.stand in WAITS for each in row.holders)
        return [(person, counts[key]) for key, person in people.items()]

    def goes_on_at(self, user: User) -> tuple[QuestionRow, dt.datetime | None] | None:
        """Where the reader saved last, and when; at the first question to answer where nothing was saved yet."""
        by_code = {row.item.code: row for row in self.rows}
        own = [each for each in self.saves if each.person_id == user.pk and each.code in by_code]
        if own:
            last = max(own, key=lambda each: each.at)
            return by_code[last.code], last.at
        first = next((row for row in self.rows if row.is_missing), None)
        return (first, None) if first else None

    def pace(self, today: dt.date) -> AnswerPace:
        """When the last first answer would come, to the questions that are asked now."""
        first = dict[str, dt.datetime]()
        for each in self.saves:
            first[each.code] = min(each.first_at, first.get(each.code, each.first_at))
        answered = (row.item.code for row in self.rows if self.overview.states[row.item.code] == AnswerState.ANSWERED)
        days = [timezone.localdate(first[code]) for code in answered if code in first]
        return pace_of(days, missing=self.overview.missing, today=today)


@dataclass(frozen=True, slots=True)
class AnswersDue:
    """What is due (empty for what was sent to a ministry), by when, and which day it is where it is owed."""

    what: str
    on: dt.date
    today: dt.date


def last_visit(user: User, response: Response) -> dt.datetime | None:
    """When the person was here before this visit; see ``services.note_visit``."""
    visits = ResponseReading.objects.filter(response=response, user=user)
    return visits.values_list("before_at", flat=True).first()


def due_of(standings: Standings) -> AnswersDue | None:
    """The date of the answers; for a ministry the nearest of what was sent and nothing is said of, if any has one."""
    response = standings.overview.response
    if not standings.overview.sheet.is_official:
        dates = [each.due_on for each in standings.assignments if each.due_on and not each.said]
        if dates:
            return AnswersDue("", min(dates), timezone.localdate())
    rows = (row for row in open_milestones(response.review) if row.plan.kind == MilestoneKind.ANSWERS)
    if (row := next(rows, None)) is None:
        return None
    return AnswersDue(row.plan.name, row.due_on, today_where_owed(response.review, row.plan.owed_by, timezone.now()))


def standings_for(
    user: User, overview: ResponseOverview, *, may_write: bool, since: dt.datetime | None = None
) -> Standings:
    """``since``: when the reader was here before; None marks nothing as changed. Four queries, or five."""
    sheet = overview.sheet
    assignments = assignments_of(overview.response).select_related(
        "section", "question", "participation__user", "ministry"
    )
    assignments = assignments.order_by(F("due_on").asc(nulls_last=True), *_ORDER, "created_at", "pk")
    if not sheet.is_official:
        assignments = assignments.filter(participation=sheet.participation_id)
    gathered = _Gathered(user, overview, may_write, since, tuple(assignments), tuple(_saves(overview)))
    rows = tuple(gathered.rows())
    lines = gathered.lines(rows, _yesterday())
    changes = sorted(lines, key=lambda line: line.at, reverse=True)
    return Standings(overview, rows, gathered.saves, gathered.assignments, tuple(changes), tuple(gathered.returned()))


def _yesterday() -> dt.datetime:
    now = timezone.localtime()
    return (now - dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _saves(overview: ResponseOverview) -> Iterator[SavedBy]:
    """From the revisions of the reader's sheet, by question and person."""
    response, codes = overview.response, overview.index.codes
    written = overview.sheet.rows(response).filter(question__version=response.version_id)
    rows = overview.sheet.saves.filter(answer__in=written, is_conflict=False).order_by()
    people = rows.values_list("answer__question_id", "saved_by_id", "saved_by__full_name")
    for question, *rest in people.annotate(first=Min("created_at"), last=Max("created_at")):
        yield SavedBy(codes[question], *rest)


class _Gathered:
    """What the queries have brought, by question, and what follows from it."""

    def __init__(
        self,
        user: User,
        overview: ResponseOverview,
        may_write: bool,
        since: dt.datetime | None,
        assignments: tuple[SectionAssignment, ...],
        saves: tuple[SavedBy, ...],
    ) -> None:
        self.user, self.overview, self.may_write, self.since = user, overview, may_write, since
        self.assignments, self.saves = assignments, saves
        self.is_official = overview.sheet.is_official
        self.sent = _sent(overview.index, assignments)
        self.notes = open_notes(overview.response, overview.sheet)
        self.proposals: dict[str, list[Any]] = defaultdict(list)
        for proposal in self._proposals():
            self.proposals[overview.index.codes[proposal.question_id]].append(proposal)
        self.saved_at: dict[str, dt.datetime] = {}
        for each in saves:
            self.saved_at[each.code] = max(each.at, self.saved_at.get(each.code, each.at))
        self.official_at = {} if self.is_official or since is None else self._official_shown()

    def _proposals(self) -> QuerySet[Any]:
        """All, or the reader's own; of all ``adopted``, the newest revision that has gone into the official answer.

        And ``by_ministry``: whether a contributor saved it last, and not who drafts for the State, from a file.
        """
        response = self.overview.response
        rows = response.proposals.filter(question__version=response.version_id).defer("text_html")
        if not self.is_official:
            return rows.filter(participation=self.overview.sheet.participation_id)
        related = ("participation__user", "saved_by", "returned_by")
        ministries = Participation.objects.filter(
            review=response.review_id, role=ParticipationRole.NATIONAL_CONTRIBUTOR
        )
        by_ministry = Exists(ministries.filter(user=OuterRef("saved_by")))
        return rows.annotate(adopted=Max("adoptions__number"), by_ministry=by_ministry).select_related(*related)

    def _official_shown(self) -> dict[str, dt.datetime]:
        """When the official answers that a contributor may read were saved; no query where there are none."""
        heads = [each for each in self.assignments if each.shows_official]
        if not heads:
            return {}
        index = self.overview.index
        keys = [index.question_ids[code] for code in _sent(index, heads)]
        rows = Answer.objects.filter(response=self.overview.response, question__in=keys)
        return {index.codes[key]: at for key, at in rows.values_list("question", "updated_at")}

    def rows(self) -> Iterator[QuestionRow]:
        index, states, changed = self.overview.index, self.overview.states, self._changed()
        for place in (section.place for section in self.overview.sections):
            for item in place.section.items:
                state = states.get(item.code, AnswerState.NOT_ASKED)
                if state == AnswerState.NOT_ASKED:
                    continue
                stand, holders = self._stand(item.code, state)
                yield QuestionRow(
                    place,
                    item,
                    stand,
                    tuple(holders),
                    is_missing=state == AnswerState.EMPTY,
                    is_voluntary=item.code in index.optional,
                    is_mine=self.may_write and stand in (_DRAFTERS_DO if self.is_official else _MINISTRIES_DO),
                    is_changed=item.code in changed,
                    is_returned=bool(self._returned(item.code)),
                    notes=self.notes.get(item.code, 0),
                )

    def _stand(self, code: str, state: AnswerState) -> tuple[QuestionStand, Iterable[Participation]]:
        """What a ministry has handed in is to be looked at, also where there is an answer that is older."""
        if self.overview.response.sent_at is not None:  # nobody does anything then
            return (QuestionStand.ANSWERED if state == AnswerState.ANSWERED else QuestionStand.LEFT_OPEN), ()
        given, sent = self.proposals.get(code, []), self.sent.get(code, {})
        returned = self._returned(code)
        if not self.is_official and returned:
            return QuestionStand.RETURNED, ()
        is_answered, saved_at = state == AnswerState.ANSWERED, self.saved_at.get(code)
        new = [each for each in given if self.is_official and _is_new(each, sent.get(each.participation_id))]
        if is_answered:
            new = [each for each in new if saved_at and _handed_in_at(each, sent.get(each.participation_id)) > saved_at]
        if new:
            return QuestionStand.PROPOSED, [each.participation for each in new]
        if is_answered:
            return QuestionStand.ANSWERED, ()
        if returned:
            return QuestionStand.RETURNED, [each.participation for each in returned]
        waiting = {row.holder_id: row.participation for row in sent.values() if self.is_official and not row.said}
        if waiting:
            return QuestionStand.WITH, list(waiting.values())
        if state == AnswerState.OPTIONAL:
            return QuestionStand.LEFT_OPEN, ()
        return (QuestionStand.UNSENT if self.is_official and self.assignments else QuestionStand.MISSING), ()

    def _returned(self, code: str) -> list[Any]:
        """The proposals that are back with whoever has the question; none once the answers are sent."""
        if self.overview.response.sent_at is not None:
            return []
        given, sent = self.proposals.get(code, []), self.sent.get(code, {})
        return [each for each in given if each.is_returned and each.participation_id in sent]

    def _changed(self) -> set[str]:
        """Since the reader was here, by others alone.

        A contributor learns what came back, what was sent or entered, and of the official answers that he or she reads.
        """
        if (since := self.since) is None:
            return set()
        proposals = [(code, each) for code, given in self.proposals.items() for each in given]
        found = {
            code
            for code, each in proposals
            if each.returned_at and each.returned_at > since and self._is_other(each.returned_by_id)
        }
        found |= {code for code, each in proposals if each.updated_at > since and self._is_other(each.saved_by_id)}
        if not self.is_official:
            new = {code for code, sent in self.sent.items() if any(row.sent_at > since for row in sent.values())}
            return found | new | {code for code, at in self.official_at.items() if at > since}
        return found | {each.code for each in self.saves if each.at > since and self._is_other(each.person_id)}

    def returned(self) -> Iterator[Item]:
        """To the contributor who reads, of what is still with him or her."""
        for code, item in self.overview.index.items.items():
            if (
                not self.is_official
                and code in self.sent
                and any(each.is_returned for each in self.proposals.get(code, []))
            ):
                yield item

    def _is_other(self, person_id: UUID) -> bool:
        return person_id != self.user.pk

    def lines(self, rows: Sequence[QuestionRow], since: dt.datetime) -> Iterator[ChangeLine]:
        """Who did what since then; to a contributor only what he or she did, and what came, without a name."""
        shown = {row.item.code: row for row in rows}
        found: dict[tuple[ChangeKind, Any, str], dict[str, dt.datetime]] = defaultdict(dict)
        kind = ChangeKind.ANSWERS if self.is_official else ChangeKind.PROPOSALS
        for each in self.saves:
            if each.at >= since and (self.is_official or not self._is_other(each.person_id)):
                found[kind, each.person_id, each.name][each.code] = each.at
        for code, given in self.proposals.items():
            for proposal in given:
                if self.is_official and proposal.updated_at >= since:
                    found[ChangeKind.PROPOSALS, proposal.saved_by_id, _named(proposal)][code] = proposal.updated_at
                if proposal.returned_at and proposal.returned_at >= since:
                    by = (proposal.returned_by_id, proposal.returned_by.full_name) if self.is_official else (None, "")
                    found[ChangeKind.RETURNED, *by][code] = proposal.returned_at
        for (kind, person, name), times in found.items():
            touched = [shown[code] for code in self.overview.index.items if code in times and code in shown]
            if touched:
                at = max(times.values())
                yield ChangeLine(kind, name, not self._is_other(person), len(touched), at, tuple(touched))
        new = [] if self.is_official else [row for row in self.assignments if row.sent_at >= since]
        if new:
            yield ChangeLine(ChangeKind.SENT, "", False, len(new), max(row.sent_at for row in new))


def _named(proposal: Any) -> str:
    """Who wrote a proposal, with the ministry."""
    return ", ".join(filter(None, [proposal.saved_by.full_name, proposal.saved_by.organization]))


def _is_new(proposal: Any, part: SectionAssignment | None) -> bool:
    """Whether it says something that has not gone into the official answer, and its ministry is through with it."""
    says = proposal.choices or proposal.text or proposal.citations or proposal.is_outside_competence
    answered_at = proposal.return_answered_at
    is_answered = answered_at and (part is None or answered_at > part.sent_at)
    is_handed_in = part is None or part.said or not proposal.by_ministry or is_answered
    return bool(says and is_handed_in) and proposal.adopted != proposal.revision and not proposal.is_returned


def _handed_in_at(proposal: Any, part: SectionAssignment | None) -> dt.datetime:
    """Of what is new, when its ministry last did anything with it: wrote it, was through with it, or answered."""
    times = (proposal.updated_at, part.said_at if part else None, proposal.return_answered_at)
    return max(time for time in times if time)


def _sent(
    index: VersionIndex, assignments: Iterable[SectionAssignment]
) -> Mapping[str, Mapping[UUID, SectionAssignment]]:
    """By code and participation: the part by which a question is with a ministry; one that is open before others."""
    places = {place.pk: place.section.items for place in index.sections}
    sent: dict[str, dict[UUID, SectionAssignment]] = defaultdict(dict)
    for row in sorted(assignments, key=lambda row: not row.said):
        items = places.get(row.section_id, ())
        if row.question_id is not None:
            items = covered(items, [index.codes[row.question_id]])
        for item in items:
            sent[item.code][row.participation_id] = row
    return sent
