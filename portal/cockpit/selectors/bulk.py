"""What an act on many reviews would do to each of them: whom it writes to, or why the review is left out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.utils import timezone

from accounts.affiliations import open_affiliation
from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty
from core.hashes import text_hash
from core.models import Notification
from portal.cockpit.enums import BulkKind, BulkStatus, LineStatus, SkipReason
from portal.cockpit.models import BulkAct, BulkActLine
from reviews.cases.enums import ParticipationRole, Side, TimeChangeKind, TimeChangeStatus
from reviews.cases.models import Participation, Review, ReviewingState, ReviewMilestone, TimeChange
from reviews.due import next_act, states_owing
from reviews.lists import for_list
from reviews.participation import EXPECTED_MILESTONES
from reviews.programme.enums import StepKind, StepOwner

_SIDES = {
    StepOwner.STATE_UNDER_REVIEW: {Side.UNDER_REVIEW},
    StepOwner.REVIEWING_STATES: {Side.REVIEWING},
    StepOwner.ALL: {Side.UNDER_REVIEW, Side.REVIEWING},
}


STALLED_AFTER = dt.timedelta(seconds=45)  # a line takes well under a second


@dataclass(frozen=True, slots=True)
class Terms:
    """What an officer gives with an act: whom to put in charge, or how much more time, and why.

    ``days`` are calendar days from the present date of each milestone, ``until`` one day for all of them.
    """

    officer: User | None = None
    days: int | None = None
    until: dt.date | None = None
    reason: str = ""

    def later(self, due_on: dt.date) -> dt.date:
        """The date that is asked for in place of this one."""
        return self.until or due_on + dt.timedelta(days=self.days or 0)


_NO_TERMS = Terms()


def terms_of(act: BulkAct) -> Terms:
    return Terms(act.officer, act.extend_days, act.extend_until, act.reason)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One review of an act: ``people`` get a mail; ``reason`` says why the review is left out, empty where it is not.

    ``rests_on`` names what else the reader has seen, such as the milestone that is due; an extension is of
    ``milestone`` and ``until`` a day.
    """

    review: Review
    people: tuple[User, ...] = ()
    reason: SkipReason | None = None
    rests_on: str = ""
    milestone: ReviewMilestone | None = None
    until: dt.date | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that the preview shows of this review."""
        keys = sorted(str(user.pk) for user in self.people)
        return text_hash("|".join([self.reason or "", self.rests_on, *keys]))


def foresee(kind: BulkKind, reviews: QuerySet[Review], terms: Terms = _NO_TERMS) -> list[Foreseen]:
    """By code; in a constant number of queries."""
    rows = list(for_list(reviews).select_related("mechanism", "state_under_review", "step", "officer").order_by("code"))
    if kind == BulkKind.ASSIGN_OFFICER:
        return [_foresee_officer(review, terms.officer) for review in rows]
    people = _people_by_review(rows)
    if kind == BulkKind.REMIND:
        return _foresee_reminders(rows, people)
    if kind == BulkKind.EXTEND:
        return _foresee_extensions(rows, people, terms)
    return _foresee_questions(rows, people)


def _people_by_review(reviews: Sequence[Review]) -> Mapping[Any, list[Participation]]:
    people: dict[Any, list[Participation]] = defaultdict(list)
    rows = Participation.objects.filter(review__in=reviews, ended_at=None, role__in=EXPECTED_MILESTONES)
    for row in rows.select_related("user").order_by("user__full_name"):
        people[row.review_id].append(row)
    return people


def _is_closed(review: Review) -> bool:
    return review.step.kind == StepKind.CLOSING


def _foresee_officer(review: Review, officer: User | None) -> Foreseen:
    rests_on = f"{review.officer_id}>{officer.pk if officer else ''}"
    if _is_closed(review):
        return Foreseen(review, reason=SkipReason.CLOSED, rests_on=rests_on)
    if officer is not None and review.officer_id == officer.pk:
        return Foreseen(review, reason=SkipReason.IN_CHARGE, rests_on=rests_on)
    return Foreseen(review, rests_on=rests_on)


def _foresee_reminders(reviews: Iterable[Review], people: Mapping[Any, list[Participation]]) -> list[Foreseen]:
    day = timezone.localdate().isoformat()
    sent = set(
        Notification.objects.filter(key__startswith="due:", key__endswith=f":by-hand:{day}").values_list(
            "key", flat=True
        )
    )
    found = []
    for review in reviews:
        milestone = next_act(review)
        if _is_closed(review) or milestone is None:
            found.append(Foreseen(review, reason=SkipReason.CLOSED if _is_closed(review) else SkipReason.NOTHING_OWED))
            continue
        debtors = _debtors(review, StepOwner(milestone.plan.owed_by), people[review.pk])
        left = tuple(user for user in debtors if f"due:{review.pk}:{user.pk}:by-hand:{day}" not in sent)
        reason = None if left else (SkipReason.TODAY if debtors else SkipReason.NOBODY)
        found.append(Foreseen(review, left, reason, str(milestone.pk)))
    return found


def _debtors(review: Review, owner: StepOwner, people: Iterable[Participation]) -> list[User]:
    """The same as ``debtors_of``, from rows that are at hand."""
    if owner == StepOwner.SECRETARIAT:
        return [review.officer] if review.officer else []
    return [row.user for row in people if row.role == ParticipationRole.FOCAL_POINT and row.side in _SIDES[owner]]


def _foresee_extensions(
    reviews: Sequence[Review], people: Mapping[Any, list[Participation]], terms: Terms
) -> list[Foreseen]:
    """The secretariat asks for no State, so that the word of every State of the review is missing."""
    asked = set(
        TimeChange.objects.filter(
            review__in=reviews, kind=TimeChangeKind.EXTENSION, status=TimeChangeStatus.ASKED
        ).values_list("milestone_id", flat=True)
    )
    found = []
    for review in reviews:
        milestone = next_act(review)
        if _is_closed(review) or milestone is None:
            found.append(Foreseen(review, reason=SkipReason.CLOSED if _is_closed(review) else SkipReason.NOTHING_OWED))
            continue
        until = terms.later(milestone.due_on)
        rests_on = "|".join([str(milestone.pk), milestone.due_on.isoformat(), until.isoformat(), terms.reason])
        reason = SkipReason.ASKED if milestone.pk in asked else None
        if reason is None and until <= milestone.due_on:
            reason = SkipReason.NOT_LATER
        focal_points = _debtors(review, StepOwner.ALL, people[review.pk]) if reason is None else []
        told = tuple({user.pk: user for user in focal_points}.values())
        found.append(Foreseen(review, told, reason, rests_on, milestone, until))
    return found


def _foresee_questions(reviews: Sequence[Review], people: Mapping[Any, list[Participation]]) -> list[Foreseen]:
    missions = missions_by_state()
    day = timezone.localdate()
    sent = set(
        Notification.objects.filter(
            template="reviews/note_news", key__startswith="missing:", key__endswith=f":{day.isoformat()}"
        ).values_list("key", flat=True)
    )
    found = []
    for review in reviews:
        states = states_with_gaps(review, people[review.pk])
        asked = [
            (state_id, user)
            for state_id in states
            for user in _speakers(state_id, people[review.pk], missions.get(state_id, []))
        ]
        left = {user.pk: user for state_id, user in asked if _key(review, state_id, user, day) not in sent}
        if _is_closed(review) or not states:
            reason = SkipReason.CLOSED if _is_closed(review) else SkipReason.COMPLETE
            found.append(Foreseen(review, reason=reason))
            continue
        reason_or_none = None if left else (SkipReason.TODAY if asked else SkipReason.NOBODY)
        found.append(Foreseen(review, tuple(left.values()), reason_or_none, ",".join(sorted(map(str, states)))))
    return found


def _key(review: Review, state_id: Any, user: User, day: Any) -> str:
    return f"missing:{review.mechanism_id}:{state_id}:{user.pk}:{day.isoformat()}"


def states_with_gaps(review: Review, people: Iterable[Participation]) -> list[Any]:
    """Keys of the States of a review that have named no focal point or no expert (see ``missing_roles``)."""
    present = {(row.state_party_id, row.role) for row in people}
    states = [review.state_under_review_id, *(row.state_party_id for row in review.reviewing_states.all())]
    return [state for state in states if any((state, role) not in present for role in EXPECTED_MILESTONES)]


def _speakers(state_id: Any, people: Iterable[Participation], missions: Iterable[User]) -> list[User]:
    """Who names the people of a State: its focal point in the review, and its permanent mission."""
    focal = [row.user for row in people if row.state_party_id == state_id and row.role == ParticipationRole.FOCAL_POINT]
    return list({user.pk: user for user in [*focal, *missions]}.values())


def missions_by_state() -> dict[Any, list[User]]:
    """Those who work at the permanent missions today, by the key of their State."""
    members: dict[Any, list[User]] = defaultdict(list)
    rows = Affiliation.objects.filter(open_affiliation(), is_permanent_mission=True, user__is_active=True)
    for row in rows.select_related("user").order_by("user__full_name"):
        members[row.state_party_id].append(row.user)
    return members


@dataclass(frozen=True, slots=True)
class ShownLine:
    """``states``: those whose agreement an extension needs; none where the review is left out."""

    line: BulkActLine
    people: list[User]
    states: list[StateParty]


def lines_of(act: BulkAct) -> list[ShownLine]:
    """The reviews of an act with the people whom it writes to; what is left out comes last."""
    rows = act.lines.select_related(
        "review__mechanism", "review__state_under_review", "review__officer", "milestone__plan"
    )
    if act.kind == BulkKind.EXTEND:
        states = ReviewingState.objects.select_related("state_party")
        rows = rows.prefetch_related(Prefetch("review__reviewing_states", states))
    lines = list(rows)
    users = User.objects.in_bulk({pk for line in lines for pk in line.people})
    shown = [
        ShownLine(line, [users[pk] for pk in line.people if pk in users], _states_asked(act, line)) for line in lines
    ]
    return sorted(shown, key=lambda each: each.line.status == LineStatus.SKIPPED)


def _states_asked(act: BulkAct, line: BulkActLine) -> list[StateParty]:
    if act.kind != BulkKind.EXTEND or line.status == LineStatus.SKIPPED:
        return []
    return states_owing(line.review, StepOwner.ALL)


def tells_officer(act: BulkAct) -> bool:
    """Whether somebody is put in charge by another person, who writes to him or her once for the whole act."""
    return act.officer is not None and act.officer_id != act.actor_id


def is_stalled(act: BulkAct, now: dt.datetime) -> bool:
    """Whether an act under way has not moved for a while, as when what carried it out was lost."""
    if act.status != BulkStatus.RUNNING or act.confirmed_at is None:
        return False
    done = act.lines.filter(status__in=[LineStatus.DONE, LineStatus.FAILED])
    moved = done.aggregate(at=Max("updated_at"))["at"]
    moved_at = max(act.confirmed_at, moved or act.confirmed_at)
    # Given to a worker again more and more seldom where it always fails.
    return now - max(moved_at, act.updated_at) > max(STALLED_AFTER, (now - moved_at) / 10)
