"""The service that gives a programme other dates: who, what is refused, what is written, what a start leaves alone."""

import datetime as dt

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from accounts.people.models import User
from accounts.states import name_order
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from portal.reference.load import load_all
from reviews.cases.models import Review
from reviews.periods.grid import CellKey, shifted
from reviews.periods.selectors import counts_of, effects_of
from reviews.periods.services import ProgrammeChangedError
from reviews.programme.models import Mechanism, PhasePeriod
from tests.factories.accounts import AdministratorFactory
from tests.reviews.periods.programmes import NOTE, grid_now, in_session, store, with_cell
from tests.utils import SYSTEM, Cast, make_review

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 29)


@pytest.fixture
def administrator(db: None) -> User:
    return in_session()


def test_all_dates_move_at_once_whatever_lies_in_the_way(administrator: User, mechanism: Mechanism) -> None:
    """Each period moves to where the next one of its group still is: no order of edits would do."""
    before = grid_now(mechanism)
    rows = set(PhasePeriod.objects.values_list("pk", flat=True))
    for day in (dt.date(2022, 12, 1), dt.date(2019, 3, 15)):
        wanted = shifted(grid_now(mechanism), 1, day, and_later=True)
        assert store(administrator, mechanism, wanted) == len(before)
        assert grid_now(mechanism) == wanted
    assert set(PhasePeriod.objects.values_list("pk", flat=True)) == rows


def test_two_phases_of_a_group_change_places(administrator: User, mechanism: Mechanism) -> None:
    before = grid_now(mechanism)
    one, two = CellKey(1, 1), CellKey(2, 1)
    wanted = {**before, one: before[two], two: before[one]}
    with pytest.raises(ServiceError, match="Say why"):
        store(administrator, mechanism, wanted)
    assert store(administrator, mechanism, wanted, reason="Cluster II comes first.") == 2
    assert grid_now(mechanism) == wanted


def test_a_cell_is_emptied_and_filled_again(administrator: User, mechanism: Mechanism) -> None:
    before = grid_now(mechanism)
    without = {key: span for key, span in before.items() if key != CellKey(4, 3)}
    assert store(administrator, mechanism, without) == 1
    assert CellKey(4, 3) not in grid_now(mechanism)
    assert store(administrator, mechanism, before) == 1
    assert grid_now(mechanism) == before


def test_what_changes_has_the_evidence_of_the_change(administrator: User, mechanism: Mechanism) -> None:
    store(administrator, mechanism, with_cell(grid_now(mechanism), 4, 3, "2028-11-01", "2031-10-31"))
    rows = {(row.phase.number, row.review_group.number): row for row in PhasePeriod.objects.all()}
    assert (rows[4, 3].evidence_mark, rows[4, 3].evidence_note) == ("P", NOTE)
    assert rows[4, 2].evidence_note != NOTE


def test_the_record_says_what_was_and_what_is(administrator: User, mechanism: Mechanism) -> None:
    store(administrator, mechanism, with_cell(grid_now(mechanism), 4, 3, "2029-01-01", "2031-10-31"))
    entry = AuditEntry.objects.get(verb="reviews.programme.changed")
    assert (entry.actor, entry.chain) == (administrator, mechanism.slug)
    assert entry.before == {"4/3": "2028-11-01/2030-10-31"}
    assert entry.after is not None
    assert entry.after["4/3"] == "2029-01-01/2031-10-31"
    assert entry.after["staff_session"]
    assert NOTE not in str(vars(entry))


@pytest.mark.parametrize("name", ["focal_point", "auditor", "officer", "administrator", "stranger"])
def test_only_an_administrator_in_a_staff_session_changes_dates(cast: Cast, mechanism: Mechanism, name: str) -> None:
    wanted = shifted(grid_now(mechanism), 1, dt.date(2027, 12, 1), and_later=True)
    for actor in (cast.people[name], SYSTEM):
        with pytest.raises(PolicyRefusedError):
            store(actor, mechanism, wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "field", "words"),
    [
        ((1, 1, "2022-01-01", "2021-01-01"), "last-1-1", "before the first"),
        ((1, 1, "1999-12-31", "2021-01-01"), "first-1-1", "from 1 January 2000"),
        ((4, 3, "2028-11-01", "2101-01-01"), "last-4-3", "to 31 December 2100"),
        ((1, 2, "2021-11-01", "2023-11-01"), "first-2-2", "phase 1 runs for this group until 1 November 2023"),
    ],
)
def test_dates_that_cannot_be_are_refused_by_the_field(
    administrator: User, mechanism: Mechanism, cell: tuple[int, int, str, str], field: str, words: str
) -> None:
    before = grid_now(mechanism)
    with pytest.raises(ServiceError, match=words) as refusal:
        store(administrator, mechanism, with_cell(before, *cell))
    assert refusal.value.field == field
    assert grid_now(mechanism) == before


def test_nothing_is_written_where_nothing_changes(administrator: User, mechanism: Mechanism) -> None:
    with pytest.raises(ServiceError, match="No date is changed"):
        store(administrator, mechanism, grid_now(mechanism))


def test_who_was_shown_other_dates_is_refused(administrator: User, mechanism: Mechanism) -> None:
    shown = grid_now(mechanism)
    store(in_session(), mechanism, with_cell(shown, 4, 3, "2029-01-01", "2031-10-31"))
    with pytest.raises(ProgrammeChangedError):
        store(administrator, mechanism, with_cell(shown, 4, 2, "2027-11-01", "2030-10-31"), shown=shown)
    assert grid_now(mechanism)[CellKey(4, 3)].first == dt.date(2029, 1, 1)


def test_a_start_leaves_what_a_person_changed_took_out_and_put_in(administrator: User, mechanism: Mechanism) -> None:
    load_all()
    wanted = shifted(grid_now(mechanism), 1, dt.date(2027, 12, 1), and_later=True)
    wanted = {key: span for key, span in wanted.items() if key != CellKey(4, 1)}
    store(administrator, mechanism, wanted)
    load_all()
    assert grid_now(mechanism) == wanted
    assert PhasePeriod.objects.filter(evidence_note=NOTE).count() == len(wanted)
    store(administrator, mechanism, with_cell(wanted, 4, 1, "2040-01-01", "2041-12-31"))
    load_all()
    assert grid_now(mechanism)[CellKey(4, 1)].first == dt.date(2040, 1, 1)


def test_reviews_that_are_open_keep_their_dates(mechanism: Mechanism) -> None:
    review = make_review("self_assessment")
    due = dict(review.milestones.values_list("plan__slug", "due_on"))
    with time_machine.travel(TODAY, tick=False):
        wanted = shifted(grid_now(mechanism), 1, dt.date(2027, 12, 1), and_later=True)
        store(in_session(), mechanism, wanted, reason="Agreed with all States.")
    review.refresh_from_db()
    assert review.starts_on == dt.date(2021, 11, 1)
    assert dict(review.milestones.values_list("plan__slug", "due_on")) == due


def test_states_with_an_earlier_review_in_the_group_are_to_come(mechanism: Mechanism) -> None:
    make_review()
    make_review(state="XVE")
    make_review(state="XVE", phase=2)
    counts = counts_of(mechanism, TODAY)
    numbers = {key: (each.opened, each.to_come) for key, each in counts.items() if each.opened or each.to_come}
    assert numbers == {
        CellKey(1, 2): (2, 0),
        CellKey(2, 2): (1, 1),
        CellKey(3, 2): (0, 2),
        CellKey(4, 2): (0, 2),
    }
    assert counts_of(mechanism, dt.date(2021, 1, 1))[CellKey(1, 2)].later == 2


def test_a_phase_that_would_begin_while_the_one_before_runs_is_warned_of(mechanism: Mechanism) -> None:
    review = make_review("self_assessment")
    now = grid_now(mechanism)
    last_due = max(review.milestones.filter(reached_on=None).values_list("due_on", flat=True))
    then = with_cell(now, 2, 2, "2023-11-02", str(now[CellKey(2, 2)].last))
    long_before = dt.date(2021, 12, 1)
    found = effects_of(mechanism, now, then, long_before)
    assert (found.running, found.needs_reason) == ([], False), f"its last date is {last_due}"
    review.milestones.filter(reached_on=None).update(due_on=dt.date(2023, 12, 1))
    (running,) = effects_of(mechanism, now, then, long_before).running
    assert (running.pair.earlier.phase, running.pair.later.phase, running.number) == (1, 2, 1)
    assert running.states == [review.state_under_review]
    assert effects_of(mechanism, now, then, TODAY).needs_reason, "what is not closed runs now"
    Review.objects.filter(pk=review.pk).update(step=mechanism.steps.get(kind="closing"))
    assert not effects_of(mechanism, now, then, TODAY).needs_reason


@pytest.mark.parametrize("others", [[], ["XAL", "XVE"]], ids=["one", "three"])
def test_the_effects_name_each_review_in_as_many_queries(
    mechanism: Mechanism, others: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = make_review().state_under_review
    states = {first.iso3, *(make_review(state=iso3).state_under_review.iso3 for iso3 in others)}
    now = grid_now(mechanism)
    then = with_cell(with_cell(now, 1, 2, "2021-11-02", str(now[CellKey(1, 2)].last)), 4, 2, "2029-11-02", "2032-10-31")
    with django_assert_num_queries(4):
        begun, last = effects_of(mechanism, now, then, TODAY).rows
    assert ([*map(len, (begun.to_come, last.opened))], {each.iso3 for each in begun.opened}) == ([0, 0], states)
    assert {each.iso3 for each in last.to_come} == states
    assert last.to_come == sorted(last.to_come, key=name_order)


def test_the_effects_say_how_far_and_what_lies_in_the_past(mechanism: Mechanism) -> None:
    now = grid_now(mechanism)
    then = with_cell(now, 1, 1, "2019-12-01", "2022-11-30")
    then = {key: span for key, span in then.items() if key != CellKey(4, 3)}
    found = effects_of(mechanism, now, then, TODAY)
    assert [row.moves for row in found.rows] == [
        ["first day: 1 year earlier", "last day: stays"],
        ["no dates any more"],
    ]
    assert [row.begins_in_past for row in found.in_past] == ["6 years 11 months"]
    assert [row.change.key for row in found.emptied] == [CellKey(4, 3)]
    whole = effects_of(mechanism, now, shifted(now, 1, dt.date(2027, 12, 1), and_later=True), TODAY)
    assert {move for row in whole.rows for move in row.moves} == {"7 years later"}
    assert whole.in_past == []


def test_without_a_session_the_decision_says_so(mechanism: Mechanism) -> None:
    with pytest.raises(PolicyRefusedError, match="staff session"):
        store(AdministratorFactory(), mechanism, {})
