"""What the cockpit shows: narrowing of the list, saved views, and how long each review stayed at each step."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.people.models import User
from core.database.acting import found_for_policy
from portal.cockpit.models import BulkAct, SavedView
from reviews.cases import for_list
from reviews.cases.models import Review, ReviewMilestone, StepChange
from reviews.programme.models import Instrument, Mechanism, Step

NOBODY, ME = "none", "me"


def of_instrument(reviews: QuerySet[Review], slug: str) -> QuerySet[Review]:
    through = Review.instruments.through.objects.filter(review=OuterRef("pk"), instrument__slug=slug)
    return reviews.filter(Exists(through))


def of_officer(reviews: QuerySet[Review], wanted: str, user: User) -> QuerySet[Review]:
    """``NOBODY``, ``ME`` or the key of an officer."""
    if wanted == NOBODY:
        return reviews.filter(officer=None)
    return reviews.filter(officer=user.pk if wanted == ME else UUID(wanted))


def instruments_reviewed(mechanism: Mechanism) -> QuerySet[Instrument]:
    return mechanism.instruments.order_by("order")


def for_cockpit(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Everything that a row of the cockpit shows, in a constant number of queries."""
    listed = for_list(reviews, with_later=True)
    return listed.select_related("mechanism", "phase", "state_under_review", "step", "officer")


def views_for(user: User, mechanism: Mechanism) -> QuerySet[SavedView]:
    """The reader's own and those that colleagues share, by name."""
    own_or_shared = Q(owner=user) | Q(is_shared=True)
    return SavedView.objects.filter(own_or_shared, mechanism=mechanism).select_related("owner")


def default_view_of(user: User, mechanism: Mechanism) -> SavedView | None:
    return SavedView.objects.filter(owner=user, mechanism=mechanism, is_default=True).first()


def get_view(mechanism: str, pk: UUID) -> SavedView:
    """A view by its address. Raises Http404 when there is none; the page asks the policy at once."""
    views = SavedView.objects.select_related("mechanism", "owner").filter(mechanism__slug=mechanism, pk=pk)
    view = found_for_policy(views.first)
    if view is None:
        raise Http404
    return view


def get_bulk_act(mechanism: str, pk: UUID) -> BulkAct:
    """An act by its address. Raises Http404 when there is none; the page asks the policy at once."""
    acts = BulkAct.objects.select_related("mechanism", "actor", "officer").filter(mechanism__slug=mechanism, pk=pk)
    act = found_for_policy(acts.first)
    if act is None:
        raise Http404
    return act


@dataclass(frozen=True, slots=True)
class Stay:
    """A review stood at a step from one day (included) to another (not included; None: it still stands there)."""

    step_id: Any
    since: dt.date
    until: dt.date | None


def stays_of(reviews: Iterable[Review]) -> Mapping[Any, list[Stay]]:
    """By review: the steps that it has reached, in their order; two queries.

    A step ended on the day on which its last milestone was reached, where that is known and earlier than the day on
    which the portal noted the move. The first one began with the review.
    """
    starts = {review.pk: review.starts_on for review in reviews}
    reached: dict[tuple[Any, Any], dt.date] = {}
    rows = ReviewMilestone.objects.filter(review__in=starts, reached_on__isnull=False).order_by()
    for review_id, step_id, day in rows.values_list("review_id", "plan__step_id", "reached_on"):
        if day is not None:
            reached[review_id, step_id] = max(day, reached.get((review_id, step_id), day))
    moves: dict[Any, list[tuple[Any, dt.date]]] = defaultdict(list)
    changes = StepChange.objects.filter(review__in=starts).order_by("at")
    for review_id, step_id, at in changes.values_list("review_id", "to_step_id", "at"):
        moves[review_id].append((step_id, timezone.localdate(at)))
    return {pk: _stays(moves[pk], starts_on, pk, reached) for pk, starts_on in starts.items()}


def _stays(
    moves: list[tuple[Any, dt.date]], since: dt.date, pk: Any, reached: Mapping[tuple[Any, Any], dt.date]
) -> list[Stay]:
    stays = []
    for place, (step_id, _noted) in enumerate(moves):
        until = None
        if place + 1 < len(moves):
            noted = moves[place + 1][1]
            until = max(since, min(noted, reached.get((pk, step_id), noted)))
        stays.append(Stay(step_id, since, until))
        since = until or since
    return stays


def steps_in_order(mechanism: Mechanism) -> list[Step]:
    return list(mechanism.steps.order_by("order"))
