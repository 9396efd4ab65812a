"""Where a date ends: at midnight where the State is that owes it, and the last midnight where several owe it."""

import datetime as dt
import zoneinfo
from collections import defaultdict

from django.db.models import (
    Case,
    DateField,
    F,
    Min,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Least

from accounts.states import zone_of_state
from accounts.states.models import StateParty
from core.institution.facts import home_zone
from core.time.time_zones import zones
from reviews.cases.models import Review, ReviewingState, ReviewMilestone
from reviews.programme.enums import StepOwner


def states_owing(review: Review, owed_by: str) -> list[StateParty]:
    """The States that owe something; none for the secretariat. Reads ``review.reviewing_states``, best prefetched."""
    own = [] if owed_by in {StepOwner.REVIEWING_STATES, StepOwner.SECRETARIAT} else [review.state_under_review]
    if owed_by not in {StepOwner.REVIEWING_STATES, StepOwner.ALL}:
        return own
    rows = review.reviewing_states.all()
    if "reviewing_states" not in getattr(review, "_prefetched_objects_cache", {}):
        rows = rows.select_related("state_party")
    return [*own, *(row.state_party for row in rows)]


def know_states(review: Review) -> None:
    """Fetch the States of a review once for a page that asks for several of its milestones."""
    rows = ReviewingState.objects.select_related("state_party")
    prefetch_related_objects([review], Prefetch("reviewing_states", rows))


def today_where_owed(review: Review, owed_by: str, now: dt.datetime) -> dt.date:
    """Which day it is for whoever owes: the earliest of their days, since the date is open until it ends for all."""
    places = [zone_of_state(state) for state in states_owing(review, owed_by)]
    return min(now.astimezone(zone).date() for zone in places or [home_zone()])


def is_past(milestone: ReviewMilestone, now: dt.datetime) -> bool:
    """Whether an open milestone's indicative date has ended where it is owed (in SQL: ``past``)."""
    if milestone.reached_on is not None:
        return False
    return milestone.due_on < today_where_owed(milestone.review, milestone.plan.owed_by, now)


def past(reviews: QuerySet[Review], now: dt.datetime) -> QuerySet[Review]:
    """Those whose ``next_due_on`` has ended where it is owed by ``next_owner``; both are annotations."""
    portal = Value(now.astimezone(home_zone()).date(), DateField())
    own = _today_at("state_under_review__time_zone", now)
    reviewers = ReviewingState.objects.filter(review=OuterRef("pk")).order_by().values("review")
    reviewing = Coalesce(
        Subquery(reviewers.annotate(day=Min(_today_at("state_party__time_zone", now))).values("day")), portal
    )
    today = Case(
        When(next_owner=StepOwner.STATE_UNDER_REVIEW, then=own),
        When(next_owner=StepOwner.REVIEWING_STATES, then=reviewing),
        When(next_owner=StepOwner.ALL, then=Least(own, reviewing)),
        default=portal,
        output_field=DateField(),
    )
    return reviews.annotate(today_there=today).filter(next_due_on__lt=F("today_there"))  # type: ignore[misc]


def _today_at(zone_field: str, now: dt.datetime) -> Case:
    """Which day it is in the zone that a column names; by Python's zones, since PostgreSQL may not know them all."""
    here = now.astimezone(home_zone()).date()
    names: dict[dt.date, list[str]] = defaultdict(list)
    for name in zones():
        names[now.astimezone(zoneinfo.ZoneInfo(name)).date()].append(name)
    names.pop(here, None)
    cases = [When(**{f"{zone_field}__in": there}, then=Value(day)) for day, there in sorted(names.items())]
    return Case(*cases, default=Value(here), output_field=DateField())
