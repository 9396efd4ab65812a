"""What the words of the States come to, whatever they are asked about."""

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from accounts.states.models import StateParty
from core.errors import ServiceError
from reviews.agreement import Absences, Agreement, SilenceRule, require_current, words_of

pytestmark = pytest.mark.unit
STATES = [StateParty(pk=UUID(int=number), iso3=f"XA{number}") for number in range(1, 7)]
STRANGERS = [UUID(int=number) for number in (8, 9)]
DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Yes:
    state_party_id: UUID
    agrees: bool = True


def no(state: StateParty) -> Yes:
    return Yes(state.pk, agrees=False)


def agreement(answers: list[Yes], absent: set[UUID] | None = None) -> Agreement[Yes]:
    return Agreement(words_of(STATES, answers, not_waited_for=absent or set()))


# At most one answer a State; now and then one of a State that takes part no longer.
answers = st.lists(
    st.builds(Yes, st.sampled_from([*(state.pk for state in STATES), *STRANGERS]), st.booleans()),
    unique_by=lambda answer: answer.state_party_id,
)
absent = st.sets(st.sampled_from([state.pk for state in STATES]))
moments = st.integers(0, 20).map(lambda days: DAY + dt.timedelta(days=days))


@given(answers, absent, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_changes_nothing(said: list[Yes], gone: set[UUID], chance: object) -> None:
    before = agreement(said, gone)
    chance.shuffle(said)  # type: ignore[attr-defined]
    assert agreement(said, gone) == before


@given(answers, absent, st.sampled_from(STATES))
def test_one_no_is_enough_whoever_else_has_said_what(said: list[Yes], gone: set[UUID], state: StateParty) -> None:
    others = [answer for answer in said if answer.state_party_id != state.pk]
    refused = agreement([*others, no(state)], gone)
    assert refused.is_refused
    assert not refused.is_agreed


@given(answers, absent)
def test_it_is_agreed_when_all_that_are_waited_for_have_said_yes(said: list[Yes], gone: set[UUID]) -> None:
    given_by = {answer.state_party_id: answer.agrees for answer in said}
    words = [given_by.get(state.pk, None if state.pk not in gone else True) for state in STATES]
    assert agreement(said, gone).is_agreed == all(words)
    assert agreement(said, gone).is_refused == (False in words)


@given(answers, absent)
def test_whose_word_is_missing(said: list[Yes], gone: set[UUID]) -> None:
    words = agreement(said, gone)
    spoken = {answer.state_party_id for answer in said}
    assert words.missing == [state for state in STATES if state.pk not in spoken | gone]
    assert [words.waits_for(state.pk) for state in STATES] == [state in words.missing for state in STATES]
    assert not words.waits_for(None)
    assert [word.state for word in words.words] == STATES, "in the order in which they were given"


@given(answers, absent)
def test_a_state_that_takes_part_no_longer_has_no_say(said: list[Yes], gone: set[UUID]) -> None:
    assert agreement([*said, *(Yes(key, agrees=False) for key in STRANGERS)], gone) == agreement(
        [answer for answer in said if answer.state_party_id not in STRANGERS], gone
    )


@given(answers, absent, st.sampled_from(STATES))
def test_one_more_yes_opens_nothing_again(said: list[Yes], gone: set[UUID], state: StateParty) -> None:
    before = agreement(said, gone)
    if before.answer_of(state.pk) is None:
        after = agreement([*said, Yes(state.pk)], gone)
        assert before.is_agreed <= after.is_agreed
        assert before.is_refused == after.is_refused


@given(st.integers(1, 3), st.one_of(st.none(), st.integers(1, 3)))
def test_nobody_answers_what_he_or_she_has_not_seen(shown: int, stands: int | None) -> None:
    row = SimpleNamespace(revision=stands) if stands else None
    if shown == stands:
        assert require_current(row, ServiceError("stale"), revision=shown) is row
    else:
        with pytest.raises(ServiceError, match="stale"):
            require_current(row, ServiceError("stale"), revision=shown)


@given(days=st.integers(1, 90), notice=st.integers(0, 60), first_run=st.integers(0, 200))
def test_no_silence_counts_before_its_time_or_without_its_notice(days: int, notice: int, first_run: int) -> None:
    """The task runs once a day from some day on; the State is told as soon as the day is so near."""
    since, rule = dt.date(2022, 11, 1), SilenceRule(days, notice)

    def counts_on(run: int) -> int:
        return (rule.counts_on(since, since + dt.timedelta(days=run)) - since).days

    told = next(run for run in range(first_run, first_run + days + 1) if counts_on(run) - notice <= run)
    assert counts_on(told) >= days
    assert counts_on(told) - told >= notice
    assert counts_on(told) in {days, first_run + notice}, "no later than it must be"
    assert all(counts_on(run) == counts_on(told) for run in range(first_run, told)), "the page has said so all along"


def test_a_state_is_told_on_the_first_day_of_its_notice_and_counted_on_the_day() -> None:
    rule, state, day = SilenceRule(21, 7), STATES[0].pk, dt.date(2026, 1, 22)
    before = day - dt.timedelta(days=rule.notice_days)
    assert rule.turns({state: day}, {}, before - dt.timedelta(days=1)) == (set(), set())
    assert rule.turns({state: day}, {}, before) == ({state}, set())
    assert rule.turns({state: day}, {state: day}, day - dt.timedelta(days=1)) == (set(), set())
    assert rule.turns({state: day}, {state: day}, day) == (set(), {state})


@given(
    answers,
    st.integers(1, 30),
    st.integers(0, 10),
    st.lists(st.integers(0, 90), min_size=1, max_size=8, unique=True).map(sorted),
)
def test_silence_is_a_yes_once_its_day_is_past_and_was_told(
    said: list[Yes], days: int, notice: int, runs: list[int]
) -> None:
    """The task runs on any days: each silent State is told once, and its silence counted once, never before its day."""
    rule, since, told = SilenceRule(days, notice), dt.date(2026, 1, 1), dict[UUID, dt.date]()
    written = list(said)
    for run in runs:
        today = since + dt.timedelta(days=run)
        silent = {state.pk: told.get(state.pk) or rule.counts_on(since, today) for state in agreement(written).missing}
        near, due = rule.turns(silent, told, today)
        assert not near & set(told)
        assert all(told[key] <= today for key in due)
        told |= {key: silent[key] for key in near}
        written += [Yes(key) for key in due]
        spoken = {answer.state_party_id for answer in written}
        assert all(key in spoken for key, day in told.items() if day <= today and key not in near)
    after = agreement(written)
    everybody = agreement([*said, *(Yes(state.pk) for state in STATES if agreement(said).waits_for(state.pk))])
    assert after.is_refused == agreement(said).is_refused, "silence refuses nothing"
    assert after.is_agreed == (everybody.is_agreed and not after.missing)


spans = st.lists(st.tuples(moments, st.one_of(st.none(), moments)), max_size=4)


@given(moments, moments, spans, moments)
def test_who_is_absent_has_no_focal_point_when_it_matters(
    recorded: dt.datetime,
    proposed: dt.datetime,
    present: list[tuple[dt.datetime, dt.datetime | None]],
    joined: dt.datetime,
) -> None:
    """At the later of proposal and record; who joins after that has a say in the next proposal, not in this one."""
    state, later = STATES[0].pk, max(recorded, proposed)
    absences = Absences([(state, recorded)], [(state, start, end) for start, end in present])
    stands = any(start <= later and (end is None or end > later) for start, end in present)
    assert absences.not_waited_for(proposed) == (set() if stands else {state})
    with_joined = Absences(absences.records, [*absences.focal_points, (state, max(joined, later), None)])
    if joined > later:
        assert with_joined.not_waited_for(proposed) == absences.not_waited_for(proposed)
    assert Absences().not_waited_for(proposed) == set()
    assert absences.not_waited_for(proposed, until=recorded) == set(), "recorded too late for what stood before"
