"""Who reviews what is drawn otherwise while a review runs: some States leave it, others come (docs/adr/0056)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.policy import SystemActor, require
from reviews.cases import lock_review, tell
from reviews.cases.enums import News, ReviewAction, Side
from reviews.cases.models import Participation, Review, ReviewingState
from reviews.opening.services.reviews import Reviewer, add_reviewing_state, check_reviewers
from reviews.participation import EXPECTED_MILESTONES, focal_points_of, participants_of
from reviews.programme.models import Instrument, ReviewGroup
from reviews.registration import end_participation, note_completeness
from reviews.visibility import reviewing_states_of


@dataclass(frozen=True, slots=True)
class TeamChange:
    """The States that no longer review, and those that have come; and what those that stay review from now on, where
    it is something else. All by code.
    """

    left: Sequence[StateParty]
    came: Sequence[StateParty]
    otherwise: Mapping[StateParty, Sequence[Instrument]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.left or self.came or self.otherwise)


Follow = Callable[[Actor, Review, TeamChange], None]
_FOLLOW: list[Follow] = []


def follows_team(follow: Follow) -> None:
    """Register what becomes of a review when its team is another one; called from declarations of a feature above."""
    _FOLLOW.append(follow)


def team_change(review: Review, drawn_for: Mapping[StateParty, Iterable[Instrument]]) -> TeamChange:
    """What becomes of the team of a review by what the States were drawn for; nobody reviews what is not under review.

    Without a query where the review brings its instruments and its reviewing States with theirs.
    """
    under_review = [*review.instruments.all()]
    drawn = {state: [each for each in under_review if each in {*given}] for state, given in drawn_for.items()}
    drawn = {state: covered for state, covered in drawn.items() if covered}
    now = {row.state_party: {*row.instruments.all()} for row in review.reviewing_states.all()}
    otherwise = [state for state in _by_code({*now} & {*drawn}) if now[state] != {*drawn[state]}]
    return TeamChange(
        _by_code({*now} - {*drawn}), _by_code({*drawn} - {*now}), {state: drawn[state] for state in otherwise}
    )


@transaction.atomic
def change_team(
    *,
    actor: User,
    review: Review,
    reviewers: Sequence[Reviewer],
    drawn_with: Mapping[Any, Any],
    draw: str,
    group: ReviewGroup | None = None,
    is_first: bool = False,
) -> TeamChange:
    """Let the States review that were drawn, and those no longer that were not; the review stays where it is.

    The access of the people of a State that leaves ends in the same moment. What it has sent stays on the table, what
    it has not lies in its room, in which nobody reads. What waited for its word alone is settled by those of the
    others (``follows_team``). Who comes begins at the step that the review has reached. No
    State opens its room for one that comes later: a common room ends. Who stays reviews what it was drawn for, and
    what lies on the table of another instrument stays there. ``group`` is the review group that was drawn, where it may
    be another one than that in which the review was opened by hand; its dates stay. ``draw`` is the code of the draw,
    for the record, and ``is_first`` the first one for this review, as where it was opened by hand; ``drawn_with`` as in
    ``open_review``. Raises ServiceError like it; twice it changes nothing.
    """
    lock_review(review)
    require(actor, ReviewAction.CHANGE_TEAM, review)
    check_reviewers(review.state_under_review, reviewers, drawn_with)
    change = team_change(review, {reviewer.state_party: reviewer.instruments for reviewer in reviewers})
    rows = {row.state_party: row for row in reviewing_states_of(review)}
    instruments = list(review.instruments.order_by("order"))
    for reviewer in reviewers:
        if reviewer.state_party in change.came:
            add_reviewing_state(review, reviewer, instruments, is_drawn=True)
    if change:
        _record(actor, review, rows, change, draw, News.TEAM_DRAWN if is_first else News.TEAM_CHANGED)
    if group is not None and group.pk != review.review_group_id:
        _regroup(actor, review, group, draw)
    return change


def _regroup(actor: User, review: Review, group: ReviewGroup, draw: str) -> None:
    before, review.review_group = review.review_group, group
    review.save(update_fields=["review_group", "updated_at"])
    facts: dict[str, Any] = {"group": before.number if before else None}
    audit.record(actor, "reviews.review.regrouped", review, before=facts, after={"group": group.number, "draw": draw})


def _slugs(instruments: Iterable[Instrument]) -> list[str]:
    return [instrument.slug for instrument in instruments]


def _by_code(states: set[StateParty]) -> list[StateParty]:
    return sorted(states, key=lambda state: state.iso3)


def _record(
    actor: User, review: Review, rows: Mapping[StateParty, ReviewingState], change: TeamChange, draw: str, news: News
) -> None:
    """The record concerns also who leaves: it is written, and the people end, while that State is still there."""
    by_lot = SystemActor("lots.publication", person=actor)
    active = Participation.objects.filter(review=review, state_party__in=change.left, ended_at=None)
    for participation in active.select_related("user", "state_party"):
        participation.review = review
        end_participation(actor=by_lot, participation=participation)
    was_common = review.reviewers_share_room
    review.reviewers_share_room = was_common and not change.came
    review.save(update_fields=["reviewers_share_room", "updated_at"])
    entry = audit.record(
        actor,
        "reviews.review.team_changed",
        review,
        before={
            "left": [state.iso3 for state in change.left],
            "reviewers_share_room": was_common,
            "instruments": {state.iso3: _slugs(rows[state].instruments.all()) for state in change.otherwise},
        },
        after={
            "came": [state.iso3 for state in change.came],
            "draw": draw,
            "instruments": {state.iso3: _slugs(covered) for state, covered in change.otherwise.items()},
        },
    )
    for state in change.left:
        rows[state].delete()
    for state, covered in change.otherwise.items():
        rows[state].instruments.set(covered)
    told = [*focal_points_of(review), review.officer]
    tell(told, review, news, page="portal:review-detail", key=str(entry.pk))
    if was_common and not review.reviewers_share_room:
        reviewing = [each.user for each in participants_of(review).filter(side=Side.REVIEWING)]
        tell(reviewing, review, News.ROOM_OWN, page="reviews:participant-list", key=str(entry.pk))
    for role in EXPECTED_MILESTONES:
        note_completeness(review, role)
    for follow in _FOLLOW:
        follow(actor, review, change)
