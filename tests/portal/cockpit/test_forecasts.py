"""The forecast of reviews: what it learns from, where it is shown, and to whom."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation

from accounts.people.models import User
from core.templatetags.components import month_short
from portal.cockpit.selectors.forecasts import LEAST_LIMIT, Forecast, forecast_of, forecaster_of, planned_days
from reviews.cases.models import Review, ReviewMilestone, StepChange
from reviews.clock import Experience
from reviews.programme.models import Limit
from tests.caches import empty_cache
from tests.portal.cockpit.workbooks import workbook
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
COCKPIT = "/en/untoc/cockpit/"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What the page of a review keeps is of the mechanism, which all tests share."""
    empty_cache()


def end_first_step(review: Review, days: int) -> None:
    """By the portal's notes: after so many days the review came to its second step, and stands there."""
    first, second = review.mechanism.steps.order_by("order")[:2]
    StepChange.objects.filter(review=review).delete()
    began = dt.datetime.combine(review.starts_on, dt.time(12), dt.UTC)
    StepChange.objects.create(review=review, to_step=first, at=began)
    StepChange.objects.create(review=review, from_step=first, to_step=second, at=began + dt.timedelta(days=days))
    Review.objects.filter(pk=review.pk).update(step=second)


def test_the_plan_says_how_long_each_step_takes(cast: Cast) -> None:
    steps = list(cast.review.mechanism.steps.order_by("order"))
    planned = planned_days(cast.review.plan_version_id, steps)
    assert set(planned) == {step.pk for step in steps}
    assert all(days > 0 for step, days in zip(steps[:3], planned.values(), strict=False))
    assert sum(planned.values()) < 365 * 4


def test_it_learns_from_the_stays_that_have_ended_and_hears_those_that_go_on(cast: Cast) -> None:
    add_reviews(cast.bystander_review, 12)
    reviews = list(Review.objects.exclude(pk__in=[cast.review.pk, cast.bystander_review.pk]))
    for number, review in enumerate(reviews, start=1):
        end_first_step(review, 100 * number)
    today = timezone.localdate()
    forecaster = forecaster_of(cast.review.mechanism, today)
    first = forecaster.steps[0]
    known = forecaster.experiences[first.pk]
    assert set(known.finished) >= {100 * number for number in range(1, 13)}
    assert len(known.running) == 1  # the bystander's, which has not moved
    assert len(forecaster.experiences[forecaster.steps[1].pk].running) == 13


def test_a_step_that_was_passed_over_took_no_day(cast: Cast) -> None:
    add_reviews(cast.bystander_review, 2)
    steps = list(cast.review.mechanism.steps.order_by("order"))
    review, brought_in = Review.objects.exclude(pk__in=[cast.review.pk, cast.bystander_review.pk])
    StepChange.objects.filter(review__in=[review, brought_in]).delete()

    def finished() -> list[tuple[int, ...]]:
        experiences = forecaster_of(review.mechanism, timezone.localdate()).experiences
        return [experiences[step.pk].finished for step in steps[:4]]

    before = finished()
    began = dt.datetime.combine(review.starts_on, dt.time(12), dt.UTC)
    # What lies before the first step in which the portal has known a review is not known.
    StepChange.objects.create(review=brought_in, to_step=steps[3], at=began)
    assert finished() == before
    StepChange.objects.create(review=review, to_step=steps[0], at=began)
    StepChange.objects.create(review=review, from_step=steps[0], to_step=steps[3], at=began + dt.timedelta(days=100))
    more = [Counter(after) - Counter(known) for known, after in zip(before, finished(), strict=True)]
    assert more == [Counter([100]), Counter([0]), Counter([0]), Counter()]


def test_what_the_page_of_a_review_asks_for_is_kept_for_a_while(
    cast: Cast, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    review = Review.objects.select_related("mechanism", "step").get(pk=cast.review.pk)
    first = forecast_of(review)
    with django_assert_max_num_queries(3):
        assert forecast_of(review) == first
    closing = review.mechanism.steps.order_by("order").last()
    assert closing is not None
    review.step = closing
    with django_assert_max_num_queries(0):
        assert forecast_of(review) is None


def test_the_plan_stands_in_for_what_too_few_have_ended(cast: Cast) -> None:
    found = forecast_of(cast.review)
    assert found is not None
    assert found.is_by_plan
    assert timezone.localdate() <= found.low <= found.middle <= found.high
    Limit.objects.filter(key=LEAST_LIMIT).update(value=0)
    empty_cache()
    without = forecast_of(cast.review)
    assert without is not None
    assert not without.is_by_plan


def test_a_closed_review_has_no_forecast_and_one_to_come_is_counted_from_its_start(cast: Cast) -> None:
    today = timezone.localdate()
    starts_on = today + dt.timedelta(days=400)
    cast.bystander_review.starts_on = starts_on
    add_reviews(cast.bystander_review, 1)
    later = Review.objects.get(starts_on=starts_on)
    found = forecast_of(later)
    assert found is not None
    whole = sum(planned_days(later.plan_version_id, forecaster_of(later.mechanism, today).steps).values())
    assert found.middle >= starts_on + dt.timedelta(days=whole // 2)
    last = later.mechanism.steps.order_by("order").last()
    assert last is not None
    Review.objects.filter(pk=later.pk).update(step=last)
    assert forecast_of(Review.objects.get(pk=later.pk)) is None


def test_a_mechanism_without_the_rule_still_has_a_forecast(cast: Cast) -> None:
    Limit.objects.filter(key=LEAST_LIMIT).delete()
    assert forecaster_of(cast.review.mechanism, timezone.localdate()).least == 10
    assert isinstance(forecaster_of(cast.review.mechanism, timezone.localdate()).experiences, dict)
    assert Experience((), (), 3).planned == 3


def test_the_secretariat_sees_it_in_the_table_and_on_the_review_and_nobody_else(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    page = client.get(f"{COCKPIT}?shape=table")
    assert page.context["forecasts"][cast.review.pk] is not None
    assert "Expected end" in page.content.decode()
    address = "/en/untoc/reviews/1-XVE/"
    assert "Expected end" in client.get(address).content.decode()
    assert "Expected end" in login_as(cast.auditor).get(address).content.decode()
    for person in (cast.focal_point, cast.same_group_expert, cast.observer):
        assert "Expected end" not in login_as(person).get(address).content.decode()


def test_nothing_can_be_sorted_by_it(cast: Cast, login_as: LoginAs) -> None:
    """There is no ranking of States."""
    client = login_as(cast.officer)
    usual = [row.review.code for row in client.get(f"{COCKPIT}?shape=table").context["rows"]]
    assert [row.review.code for row in client.get(f"{COCKPIT}?shape=table&sort=end").context["rows"]] == usual


def test_the_spreadsheet_has_it_with_the_last_sign_of_life(cast: Cast, login_as: LoginAs) -> None:
    first = cast.bystander_review.milestones.order_by("plan__order").first()
    assert first is not None
    ReviewMilestone.objects.filter(pk=first.pk).update(reached_on=dt.date(2026, 3, 4))
    _file, book = workbook(login_as(cast.officer), f"{COCKPIT}?all=1")
    rows = {
        row[0]: dict(zip([cell.value for cell in book.worksheets[0][1]], row, strict=True))
        for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)
    }
    assert rows["1-XMB"]["Last sign of life"].date() == dt.date(2026, 3, 4)
    found = forecast_of(cast.review)
    assert found is not None
    # Months in words: a day would say more than is known.
    assert rows["1-XVE"]["Expected end"] == month_short(found.middle)
    assert rows["1-XVE"]["Expected end: nine in ten by"] == month_short(found.high)
    assert rows["1-XVE"]["Expected end: or later, by the plan"] == "mostly by the step plan"


def test_before_an_open_middle_it_says_not_before() -> None:
    day = dt.date(2027, 3, 4)
    context = {"forecast": Forecast(day, day, day, True, True, False)}
    with translation.override("en"):
        words = render_to_string("portal/cockpit/_forecast.html", context)
    assert f"not before {month_short(day)}" in words
    assert "or later" in words


@pytest.mark.parametrize(
    ("high", "is_open", "said"),
    [
        (dt.date(2027, 3, 30), False, "within that month"),
        (dt.date(2027, 3, 30), True, "or later"),
        (dt.date(2027, 5, 1), False, "Mar 2027 to May 2027"),
    ],
)
def test_a_range_within_one_month_is_that_month(high: dt.date, is_open: bool, said: str) -> None:
    day = dt.date(2027, 3, 4)
    with translation.override("en"):
        words = render_to_string(
            "portal/cockpit/_forecast.html", {"forecast": Forecast(day, day, high, False, is_open, False)}
        )
    assert said in words
    assert "Mar 2027 to Mar 2027" not in words
