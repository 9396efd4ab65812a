"""Narrowing and ordering of lists of reviews: functions from queryset to queryset, which a page can chain."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, UUIDField, Value

from accounts.people.models import User
from accounts.states import keys_by_name, states_named
from accounts.states.models import StateParty
from reviews.cases.models import Review, ReviewingState
from reviews.due import next_milestone_of, overdue, with_next_act
from reviews.programme.enums import StepKind, StepOwner
from reviews.programme.models import Mechanism, Step
from reviews.visibility import reviews_visible_to

LATER = "not-begun"  # stands among the steps of a filter; no step has this slug


def reviews_of_mechanism(user: User, mechanism: Mechanism) -> QuerySet[Review]:
    return reviews_visible_to(user).filter(mechanism=mechanism)


def matching(reviews: QuerySet[Review], text: str) -> QuerySet[Review]:
    """Those whose code, or the name of one of whose States in any language, contains the text."""
    states = states_named(text).values("pk")
    reviewing = ReviewingState.objects.filter(review=OuterRef("pk"), state_party__in=states)
    return reviews.filter(Q(code__icontains=text) | Q(state_under_review__in=states) | Exists(reviewing))


def owing(reviews: QuerySet[Review], owner: StepOwner) -> QuerySet[Review]:
    """Those whose next act is owed by ``owner``, alone or with the others."""
    owners = [owner] if owner == StepOwner.SECRETARIAT else [owner, StepOwner.ALL]
    return reviews.annotate(next_owner=next_milestone_of("plan__owed_by")).filter(next_owner__in=owners)


def ordered(reviews: QuerySet[Review], key: str, *, descending: bool = False) -> QuerySet[Review]:
    """Order by ``state``, ``phase``, ``step`` or ``due`` (after ``with_next_act``); the code decides among equals."""
    expressions: dict[str, Callable[[], Any]] = {
        "state": lambda: _place_of_name("state_under_review_id"),
        "phase": lambda: F("phase__number"),
        "step": lambda: F("step__order"),
        "due": lambda: F("next_due_on"),
    }
    expression = expressions[key]()
    order = expression.desc(nulls_last=True) if descending else expression.asc(nulls_last=True)
    return reviews.order_by(order, "code")


def _place_of_name(column: str) -> Func:
    """Where a State stands among all, by name in the reader's language."""
    return Func(Value(keys_by_name(), output_field=ArrayField(UUIDField())), F(column), function="array_position")


def begun(reviews: QuerySet[Review], today: dt.date) -> QuerySet[Review]:
    """Those whose start does not lie ahead: lots are drawn for years, and a later review stands at no step yet."""
    return reviews.filter(starts_on__lte=today)


def at_step(reviews: QuerySet[Review], step: str, today: dt.date) -> QuerySet[Review]:
    """Those that stand at a step, by its slug, or with LATER those that have not begun."""
    if step == LATER:
        return reviews.filter(starts_on__gt=today)
    return begun(reviews, today).filter(step__slug=step)


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many reviews that have begun stand at each step of their mechanisms, in order, and how many have not."""

    steps: list[tuple[Step, int]]
    later: int

    @property
    def begun(self) -> int:
        return sum(number for _step, number in self.steps)

    @property
    def under_way(self) -> int:
        """Begun, and not closed."""
        return sum(number for step, number in self.steps if step.kind != StepKind.CLOSING)


def counts_by_step(reviews: QuerySet[Review], today: dt.date) -> StepCounts:
    """Two queries."""
    begun_now = Count("pk", distinct=True, filter=Q(starts_on__lte=today))
    rows = list(reviews.order_by().values("step").annotate(begun=begun_now, total=Count("pk", distinct=True)))
    counts: Mapping[Any, int] = {row["step"]: row["begun"] for row in rows}
    steps = Step.objects.filter(mechanism__in=reviews.order_by().values("mechanism"))
    return StepCounts(
        [(step, counts.get(step.pk, 0)) for step in steps], sum(row["total"] - row["begun"] for row in rows)
    )


def overdue_count(reviews: QuerySet[Review], now: dt.datetime) -> int:
    return overdue(with_next_act(reviews), now).count()


def reviews_of_state(user: User, state_party: StateParty) -> QuerySet[Review]:
    """Reviews of this State that the user may know of."""
    return reviews_visible_to(user).filter(state_under_review=state_party)
