"""A date ends at midnight where the State is that owes it; the function and the query say the same."""

import datetime as dt
import zoneinfo
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from accounts.states.models import StateParty
from accounts.states.selectors import zone_of_state
from core.institution.facts import forget_institution, home_zone
from core.models import Institution
from core.time.time_zones import weekend_of_territory, zones
from reviews.cases.models import Review, ReviewMilestone
from reviews.due.selectors.milestones import next_act, overdue, with_next_act
from reviews.due.selectors.places import is_past, today_where_owed
from reviews.lists.selectors.narrowing import overdue_count
from reviews.programme.enums import StepOwner
from tests.utils import make_review

pytestmark = pytest.mark.django_db
ZONES = ["", "No/Where", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo", "America/Lima", "Europe/Vienna"]
UTC = dt.UTC


@pytest.fixture
def review(db: None) -> Review:
    return make_review("self_assessment")


def owed_by(review: Review, owner: str, due_on: dt.date) -> ReviewMilestone:
    """The review's next milestone, owed by ``owner`` and due on a day."""
    milestone = next_act(review)
    assert milestone is not None
    # Another row of the frozen plan, owed by that one, stands in for it.
    row = review.plan_version.milestones.filter(owed_by=owner).order_by("-order")[0]
    review.milestones.exclude(plan=row).update(reached_on=review.starts_on)
    review.milestones.filter(plan=row).update(due_on=due_on, reached_on=None)
    return review.milestones.select_related("plan").get(plan=row)


def set_zones(review: Review, own: str, first: str, second: str) -> None:
    StateParty.objects.filter(pk=review.state_under_review_id).update(time_zone=own)
    for row, zone in zip(review.reviewing_states.order_by("pk"), (first, second), strict=True):
        StateParty.objects.filter(pk=row.state_party_id).update(time_zone=zone)


def fresh(review: Review) -> Review:
    return Review.objects.select_related("state_under_review", "step").get(pk=review.pk)


def test_the_date_of_a_state_ends_at_midnight_there(review: Review) -> None:
    set_zones(review, "Asia/Tokyo", "", "")
    milestone = owed_by(review, StepOwner.STATE_UNDER_REVIEW, dt.date(2026, 3, 10))
    milestone.review = fresh(review)
    assert not is_past(milestone, dt.datetime(2026, 3, 10, 14, 59, tzinfo=UTC))
    assert is_past(milestone, dt.datetime(2026, 3, 10, 15, 0, tzinfo=UTC)), "midnight in Tokyo"


def test_where_several_owe_the_last_midnight_counts(review: Review) -> None:
    set_zones(review, "Asia/Tokyo", "America/Lima", "Europe/Vienna")
    milestone = owed_by(review, StepOwner.ALL, dt.date(2026, 3, 10))
    milestone.review = fresh(review)
    assert not is_past(milestone, dt.datetime(2026, 3, 11, 4, 59, tzinfo=UTC))
    assert is_past(milestone, dt.datetime(2026, 3, 11, 5, 0, tzinfo=UTC)), "midnight in Lima"


def test_the_date_of_the_secretariat_ends_in_vienna(review: Review) -> None:
    now = dt.datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
    assert today_where_owed(fresh(review), StepOwner.SECRETARIAT, now) == dt.date(2026, 3, 11)


def test_it_ends_where_the_institution_says_that_it_is(review: Review) -> None:
    Institution.objects.update_or_create(is_only=True, defaults={"time_zone": "Pacific/Kiritimati"})
    forget_institution()
    now = dt.datetime(2026, 3, 10, 12, 30, tzinfo=UTC)
    assert today_where_owed(fresh(review), StepOwner.SECRETARIAT, now) == dt.date(2026, 3, 11)
    owed_by(review, StepOwner.SECRETARIAT, dt.date(2026, 3, 10))
    assert overdue_count(Review.objects.filter(pk=review.pk), now) == 1
    assert zone_of_state(StateParty(iso3="XXX")).key == "Pacific/Kiritimati"


def test_what_was_reached_is_never_past(review: Review) -> None:
    milestone = owed_by(review, StepOwner.ALL, dt.date(2020, 1, 1))
    milestone.reached_on = dt.date(2021, 1, 1)
    assert not is_past(milestone, timezone.now())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    own=st.sampled_from(ZONES),
    first=st.sampled_from(ZONES),
    second=st.sampled_from(ZONES),
    owner=st.sampled_from(StepOwner.values),
    minutes=st.integers(-2000, 2000),
)
def test_the_query_and_the_function_agree(
    review: Review, own: str, first: str, second: str, owner: str, minutes: int
) -> None:
    due_on = dt.date(2026, 3, 10)
    now = dt.datetime(2026, 3, 10, 23, 59, tzinfo=UTC) + dt.timedelta(minutes=minutes)
    set_zones(review, own, first, second)
    milestone = owed_by(review, owner, due_on)
    milestone.review = fresh(review)
    found = overdue(with_next_act(Review.objects.filter(pk=review.pk)), now)
    is_next = next_act(fresh(review)) == milestone
    assert is_next, "the milestone that the query looks at"
    assert found.exists() == is_past(milestone, now)
    assert overdue_count(Review.objects.filter(pk=review.pk), now) == int(is_past(milestone, now))


def test_every_real_state_has_a_zone_that_exists(reference: None) -> None:
    states = StateParty.objects.filter(is_fictional=False)
    assert {state.time_zone for state in states} <= set(zones())
    assert zone_of_state(states.get(iso3="BRA")) == zoneinfo.ZoneInfo("America/Sao_Paulo")
    assert zone_of_state(states.get(iso3="ALB")) == zoneinfo.ZoneInfo("Europe/Tirane")


def test_a_state_without_a_zone_is_where_the_portal_is() -> None:
    assert zone_of_state(StateParty(iso3="XXX")) == home_zone()


@pytest.mark.parametrize(("iso3", "weekend"), [("ALB", [6, 7]), ("SAU", [5, 6]), ("IRN", [5]), ("XHS", [5, 6])])
def test_the_weekend_of_a_state_is_the_usual_one_there(reference: None, iso3: str, weekend: Any) -> None:
    assert StateParty.objects.get(iso3=iso3).weekend == weekend


@pytest.mark.unit
def test_a_territory_that_nobody_knows_has_a_common_weekend() -> None:
    assert weekend_of_territory("ZZ") == (6, 7)
