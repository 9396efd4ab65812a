"""What the cockpit shows: narrowing of the list, saved views, and how long each review stayed at each step."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import found_for_policy
from portal.cockpit.models import BulkAct, SavedView
from reviews.cases.models import Review, ReviewingState, ReviewMilestone, StepChange
from reviews.due import next_milestone_of, with_next_act
from reviews.lists import with_last_sign
from reviews.programme.models import Instrument, Mechanism, Step, StepPlan


def of_instrument(reviews: QuerySet[Review], slug: str) -> QuerySet[Review]:
    through = Review.instruments.through.objects.filter(review=OuterRef("pk"), instrument__slug=slug)
    return reviews.filter(Exists(through))


def in_language(reviews: QuerySet[Review], code: str) -> QuerySet[Review]:
    return reviews.filter(working_languages__contains=[code])


def instruments_reviewed(mechanism: Mechanism) -> QuerySet[Instrument]:
    return mechanism.instruments.order_by("order")


def with_due_date(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Add ``next_due_on``, the indicative date of the next act, to narrow and to order by."""
    return reviews.annotate(next_due_on=next_milestone_of("due_on"))


def for_table(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Everything that a row of the cockpit says, its next act among it, in a constant number of queries."""
    return for_timeline(with_last_sign(with_next_act(reviews))).select_related(
        "mechanism", "state_under_review", "step", "phase", "officer"
    )


def for_timeline(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """What a row of the timeline shows, but for its time (``stays_of``, ``ahead_of``); constant number of queries."""
    # Each State once, with its words in six languages, and not again with every review.
    reviewing = Prefetch("reviewing_states", ReviewingState.objects.prefetch_related("state_party"))
    return reviews.select_related("state_under_review").prefetch_related(reviewing)


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


@dataclass(frozen=True, slots=True)
class Ahead:
    """A milestone that a review has not reached, and the step that it belongs to."""

    step_id: Any
    name: str
    owed_by: str
    due_on: dt.date


def ahead_of(reviews: Iterable[Review]) -> Mapping[Any, list[Ahead]]:
    """By review: its open milestones, those of earlier steps included, in the order of the plan; two queries.

    No models: a page shows thousands of them, of a few plans.
    """
    open_now = ReviewMilestone.objects.filter(review__in=[review.pk for review in reviews], reached_on=None)
    rows = list(open_now.order_by("plan__order").values_list("review_id", "plan_id", "due_on"))
    plans = StepPlan.objects.in_bulk({plan_id for _review, plan_id, _due in rows})
    known = {key: (plan.step_id, plan.name, plan.owed_by) for key, plan in plans.items()}
    ahead: dict[Any, list[Ahead]] = defaultdict(list)
    for review_id, plan_id, due_on in rows:
        ahead[review_id].append(Ahead(*known[plan_id], due_on))
    return ahead


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
