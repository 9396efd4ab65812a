"""Who reviews is drawn otherwise while a review runs: some States leave it, others come (docs/adr/0056)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.policy import SystemActor, require
from reviews.cases.enums import News, ReviewAction, Side
from reviews.cases.mails import tell
from reviews.cases.models import Participation, Review, ReviewingState
from reviews.cases.selectors.participation import EXPECTED_MILESTONES, focal_points_of, participants_of
from reviews.cases.services.locks import lock_review
from reviews.cases.services.participation import end_participation, note_completeness
from reviews.cases.services.reviews import Reviewer, add_reviewing_state, check_reviewers
from reviews.programme.models import Instrument


@dataclass(frozen=True, slots=True)
class TeamChange:
    """The States that no longer review, and those that have come; both by code."""

    left: Sequence[StateParty]
    came: Sequence[StateParty]


Follow = Callable[[Actor, Review, TeamChange], None]
_FOLLOW: list[Follow] = []


def follows_team(follow: Follow) -> None:
    """Register what becomes of a review when its team is another one; called from declarations of a feature above."""
    _FOLLOW.append(follow)


@transaction.atomic
def change_team(
    *, actor: User, review: Review, reviewers: Sequence[Reviewer], drawn_with: Mapping[Any, Any], draw: str
) -> TeamChange:
    """Let the States review that were drawn, and those no longer that were not; the review stays where it is.

    The access of the people of a State that leaves ends in the same moment. What it has sent stays on the table, what
    it has not lies in its room, in which nobody reads. What waited for its word alone is settled by those of the
    others (``follows_team``). Who comes begins at the step that the review has reached. No
    State opens its room for one that comes later: a common room ends. ``draw`` is the code of the draw, for the record;
    ``drawn_with`` as in ``open_review``. Raises ServiceError like it; twice it changes nothing.
    """
    lock_review(review)
    require(actor, ReviewAction.CHANGE_TEAM, review)
    check_reviewers(review.state_under_review, reviewers, drawn_with)
    rows = {row.state_party: row for row in ReviewingState.objects.select_related("state_party").filter(review=review)}
    instruments = list(review.instruments.order_by("order"))
    drawn = {reviewer.state_party for reviewer in reviewers if _covers(reviewer, instruments)}
    change = TeamChange(_by_code({*rows} - drawn), _by_code(drawn - {*rows}))
    for reviewer in reviewers:
        if reviewer.state_party in rows and reviewer.state_party in drawn:
            covered = [instrument for instrument in instruments if instrument in reviewer.instruments]
            rows[reviewer.state_party].instruments.set(covered)
        else:
            add_reviewing_state(review, reviewer, instruments, is_drawn=True)
    if change.left or change.came:
        _record(actor, review, [rows[state] for state in change.left], change, draw)
    return change


def _covers(reviewer: Reviewer, instruments: Sequence[Instrument]) -> bool:
    """Whether anything under review was drawn for it; as when the review is opened, nobody reviews nothing."""
    return not set(reviewer.instruments).isdisjoint(instruments)


def _by_code(states: set[StateParty]) -> list[StateParty]:
    return sorted(states, key=lambda state: state.iso3)


def _record(actor: User, review: Review, leaving: Sequence[ReviewingState], change: TeamChange, draw: str) -> None:
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
        before={"left": [state.iso3 for state in change.left], "reviewers_share_room": was_common},
        after={"came": [state.iso3 for state in change.came], "draw": draw},
    )
    for row in leaving:
        row.delete()
    told = [*focal_points_of(review), review.officer]
    tell(told, review, News.TEAM_CHANGED, page="portal:review-detail", key=str(entry.pk))
    if was_common and not review.reviewers_share_room:
        reviewing = [each.user for each in participants_of(review).filter(side=Side.REVIEWING)]
        tell(reviewing, review, News.ROOM_OWN, page="reviews:participant-list", key=str(entry.pk))
    for role in EXPECTED_MILESTONES:
        note_completeness(review, role)
    for follow in _FOLLOW:
        follow(actor, review, change)
