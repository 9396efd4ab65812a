"""What if: a group that begins later, a step that takes longer; shown by the forecast and the clock, stored nowhere."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, strategies as st

from accounts.people.models import User
from core.models import AuditEntry, Notification
from portal.cockpit.selectors import sandbox
from portal.cockpit.selectors.forecasts import forecast_of
from portal.cockpit.selectors.sandbox import Sandbox, SandboxTrial, days_of, filled_in, last_milestone_of, try_out
from reviews.absences.models import Absence
from reviews.cases.models import Review, ReviewMilestone
from reviews.clock import DayRange
from reviews.periods import CellKey, moved
from reviews.plans.services import change_plan_row, draft_plan, move_to_plan, publish_plan
from reviews.programme.models import Mechanism, PhasePeriod, StepPlan
from reviews.schedule.selectors.dates import Move, MovedDate, moves_to
from tests.caches import empty_cache
from tests.query_counts import assert_query_count
from tests.reviews.opening.many import add_reviews
from tests.reviews.periods.programmes import grid_now, in_session
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
URL = "/en/untoc/cockpit/what-if/"
NOTHING = (0, "days")


def text_of(client: Client, **asked: Any) -> str:
    answer = client.get(URL, asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def step_of(cast: Cast) -> Any:
    """The second step, in which the review of the cast stands or to which it comes."""
    return cast.review.mechanism.steps.order_by("order")[1]


def tried(cast: Cast, **more: Any) -> Sandbox:
    trial = SandboxTrial(**{"cell": None, "shift": NOTHING, "and_later": False, "step": None, "longer": NOTHING} | more)
    return try_out(cast.review.mechanism, trial, cast.officer, timezone.localdate())


def open_dates(reviews: Any) -> dict[Any, dt.date]:
    rows = ReviewMilestone.objects.filter(review__in=reviews, reached_on=None)
    return {(review, slug): day for review, slug, day in rows.values_list("review", "plan__slug", "due_on")}


def stored() -> tuple[Any, ...]:
    """Everything that a change would touch."""
    return (
        list(PhasePeriod.objects.order_by("pk").values_list("pk", "period")),
        list(ReviewMilestone.objects.order_by("pk").values_list("pk", "due_on")),
        list(StepPlan.objects.order_by("pk").values_list("pk", "amount", "unit")),
        AuditEntry.objects.count(),
        Notification.objects.count(),
    )


@given(low=st.integers(0, 500), more=st.integers(0, 500), most=st.integers(0, 500), days=st.integers(-2000, 2000))
def test_a_longer_step_keeps_its_range_in_order(low: int, more: int, most: int, days: int) -> None:
    found = DayRange(low, low + more, low + more + most, high_is_open=True).longer(days)
    assert 0 <= found.low <= found.middle <= found.high
    assert found.high_is_open
    if low + days >= 0:
        assert found == DayRange(low + days, low + more + days, low + more + most + days, high_is_open=True)


def test_nothing_tried_moves_nothing(cast: Cast) -> None:
    found = tried(cast)
    assert not [cell for cell in found.cells if cell.is_moved]
    assert (found.dates, found.effects.rows, found.reviews) == (0, [], [])


def test_a_step_that_takes_longer_moves_the_expected_end_by_as_much(cast: Cast) -> None:
    review = Review.objects.select_related("mechanism", "step", "phase").get(pk=cast.review.pk)
    Review.objects.exclude(pk=review.pk).update(review_group=None)
    empty_cache()
    before = forecast_of(review)
    assert before is not None
    cells = {cell.key: cell for cell in tried(cast, step=step_of(cast), longer=(6, "weeks")).cells}
    assert review.review_group is not None
    cell = cells[CellKey(review.phase.number, review.review_group.number)]
    assert cell.end_now == before
    assert cell.end_then is not None
    assert (cell.end_then.middle - before.middle).days == 42
    assert (cell.end_then.high - before.high).days == 42


def test_the_dates_that_move_are_those_that_a_changed_plan_moves(cast: Cast) -> None:
    """The sandbox, and then the real thing: a draft, its publication, the reviews moved to it."""
    step, version = step_of(cast), cast.review.plan_version
    Review.objects.exclude(plan_version=version).delete()
    found = tried(cast, step=step, longer=(1, "months"))
    draft = draft_plan(actor=cast.officer, source=version)
    last = last_milestone_of(draft.pk, step)
    assert last is not None
    reviews = Review.objects.filter(pk__in=[row.review.pk for row in found.reviews])
    asked = moves_to(
        draft, Review.objects.filter(plan_version=version).order_by("code"), longer={last.slug: (1, "months")}
    )
    assert {row.review.code: row.dates for row in found.reviews} == {
        move.review.code: len(move.moved) for move in asked if move.moved
    }
    filled = filled_in(last, (1, "months"))
    assert filled is not None
    change_plan_row(
        actor=cast.officer, row=last, amount=filled[0], unit=filled[1], counted_from=last.counted_from,
        owed_by=last.owed_by, evidence_mark=last.evidence_mark, evidence_note="Tried out.",
    )  # fmt: skip
    before = open_dates(reviews)
    publish_plan(actor=cast.officer, version=draft)
    draft.refresh_from_db()
    move_to_plan(actor=cast.officer, version=draft, reviews=reviews)
    assert sum(before[key] != day for key, day in open_dates(reviews).items()) == found.dates
    assert found.dates > 0


def test_a_group_that_begins_later_moves_its_phases_and_no_open_review(cast: Cast, mechanism: Mechanism) -> None:
    now = grid_now(mechanism)
    key = max(key for key in now if key.group == 1)
    first = min(key for key in now if key.group == 1)
    found = tried(cast, cell=first, shift=(3, "months"), and_later=True)
    keys = {key for key in now if key.group == 1}
    assert {row.change.key for row in found.effects.rows} == keys
    assert found.then == moved(now, keys, 3, "months")
    alone = tried(cast, cell=key, shift=(2, "weeks"))
    assert [row.change.key for row in alone.effects.rows] == [key]
    assert (alone.then[key].first - now[key].first).days == 14
    assert found.reviews == []


def test_a_review_to_come_is_expected_to_end_later(cast: Cast, mechanism: Mechanism) -> None:
    now = grid_now(mechanism)
    key = max(key for key in now if key.group == 2)  # the States of the cast are in it
    years = SandboxTrial(key, (24, "months"), False, None, NOTHING)
    cell = next(cell for cell in try_out(mechanism, years, cast.officer, timezone.localdate()).cells if cell.key == key)
    assert cell.counts.to_come
    assert cell.end_now is not None
    assert cell.end_then is not None
    assert cell.end_then.middle > cell.end_now.middle


def test_a_phase_that_runs_into_the_next_is_told(cast: Cast, mechanism: Mechanism, login_as: LoginAs) -> None:
    now = grid_now(mechanism)
    first = min(key for key in now if key.group == 1)
    page = text_of(login_as(cast.officer), cell=f"{first.phase}-{first.group}", shift="5", shift_unit="weeks")
    assert tried(cast, cell=first, shift=(5, "weeks")).overlaps
    assert "What would collide" in page
    assert "such dates are refused" in page


def moved_by(cast: Cast, longer: Any) -> Move:
    version = cast.review.plan_version
    last = last_milestone_of(version.pk, step_of(cast))
    assert last is not None
    (move,) = moves_to(version, Review.objects.filter(pk=cast.review.pk), longer={last.slug: longer})
    return move


def away_then(cast: Cast, longer: Any) -> set[User]:
    found = tried(cast, step=step_of(cast), longer=longer)
    return {user for row in found.reviews if row.review == cast.review for user in row.away}


def test_who_would_be_away_then_is_told(cast: Cast) -> None:
    own = next(row for row in moved_by(cast, (3, "weeks")).moved if cast.focal_point.pk in row.told)
    Absence.objects.create(user=cast.focal_point, starts_on=own.then, ends_on=own.then)
    Absence.objects.create(user=cast.expert, starts_on=min(own.now, own.then), ends_on=max(own.now, own.then))
    assert away_then(cast, (3, "weeks")) == {cast.focal_point}, "who is away on both days is away anyway"


def test_nobody_is_away_for_what_others_owe(cast: Cast) -> None:
    move = moved_by(cast, (3, "weeks"))
    reviewing = cast.people["same_group_focal_point"]
    own = {row.then for row in move.moved if reviewing.pk in row.told}
    of_others = next(row.then for row in move.moved if reviewing.pk not in row.told and row.then not in own)
    Absence.objects.create(user=reviewing, starts_on=of_others, ends_on=of_others)
    assert (bool(own), away_then(cast, (3, "weeks"))) == (True, set())
    Absence.objects.filter(user=reviewing).update(starts_on=min(own), ends_on=min(own))
    assert away_then(cast, (3, "weeks")) == {reviewing}


def test_a_meeting_is_on_its_day_where_the_reader_is(monkeypatch: pytest.MonkeyPatch) -> None:
    day = dt.date(2026, 3, 10)
    move: Any = SimpleNamespace(review=SimpleNamespace(pk=1), moved=[MovedDate("Answers", day, day, frozenset())])
    late = dt.datetime(2026, 3, 9, 20, tzinfo=dt.UTC)  # the next morning in the east
    monkeypatch.setattr(sandbox, "agreed_meetings", lambda *_: [SimpleNamespace(review_id=1, starts_at=late)])
    reader: Any = None
    for zone, hits in (("UTC", 0), ("Pacific/Auckland", 1)):
        with timezone.override(zone):
            assert sandbox._meetings_hit([move], reader)[1] == hits


@pytest.mark.parametrize("name", ["officer", "administrator", "auditor"])
def test_the_secretariat_tries_it_out_and_nothing_is_stored(cast: Cast, login_as: LoginAs, name: str) -> None:
    client, before = login_as(cast.people[name]), stored()
    page = text_of(client, of_step=step_of(cast).slug, longer="4", longer_unit="weeks", cell="2-1", shift="1")
    assert "dates would move" in page
    assert "Change the programme so" in page
    assert stored() == before


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"cell": "1-1"}, "shift", "Say by how much."),
        ({"cell": "1-1", "shift": "many"}, "shift", "Give a whole number"),
        ({"cell": "1-1", "shift": "5000"}, "shift", "1000"),
        ({"cell": "9-9", "shift": "1"}, "cell", "Select a valid choice"),
        ({"longer": "3"}, "of_step", "Choose what this is about."),
    ],
)
def test_what_makes_no_sense_is_told_by_its_field(
    cast: Cast, login_as: LoginAs, asked: dict[str, str], field: str, words: str
) -> None:
    page = text_of(login_as(cast.officer), **asked)
    assert f'href="#id_{field}"' in page
    assert words in page
    assert "Phases and groups that move" not in page


def test_what_was_tried_is_filled_in_where_it_is_changed(cast: Cast, mechanism: Mechanism, login_as: LoginAs) -> None:
    client = login_as(in_session())
    page = text_of(client, cell="2-1", shift="2", shift_unit="weeks")
    address = page.split("/programme/change/?")[1].split('"')[0].replace("&amp;", "&")
    then = moved(grid_now(mechanism), [CellKey(2, 1)], 2, "weeks")[CellKey(2, 1)]
    assert f"first-2-1={then.first}" in address
    form = client.get(f"/en/untoc/programme/change/?{address}&first-9-9=2030-01-01&base=1").content.decode()
    assert f'name="first-2-1" value="{then.first}"' in form
    assert 'value="2030-01-01"' not in form


def test_a_duration_is_filled_in_where_the_units_go_together(cast: Cast) -> None:
    row = StepPlan(amount=2, unit="weeks")
    assert filled_in(row, (3, "weeks")) == (5, "weeks")
    assert filled_in(row, (3, "days")) == (17, "days")
    assert filled_in(row, (-3, "weeks")) is None
    assert filled_in(row, (1, "months")) is None
    assert days_of((1, "months"), dt.date(2026, 2, 10)) == 28


def test_the_page_takes_a_constant_number_of_queries(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    asked = {"of_step": step_of(cast).slug, "longer": "4", "longer_unit": "weeks", "cell": "2-1", "shift": "1"}
    with assert_query_count("cockpit-sandbox"):
        text_of(client, **asked)
    add_reviews(cast.bystander_review, 20)
    with assert_query_count("cockpit-sandbox"):
        text_of(client, **asked)


def test_a_stale_date_is_no_move(cast: Cast) -> None:
    """The dates that the clock reckons are the base, whatever is stored."""
    step = step_of(cast)
    before = tried(cast, step=step, longer=(4, "weeks")).dates
    open_ones = ReviewMilestone.objects.filter(reached_on=None)
    for milestone in open_ones:
        ReviewMilestone.objects.filter(pk=milestone.pk).update(due_on=milestone.due_on + dt.timedelta(days=40))
    assert before > 0
    assert tried(cast, step=step, longer=(0, "days")).dates == 0
    assert tried(cast, step=step, longer=(4, "weeks")).dates == before
