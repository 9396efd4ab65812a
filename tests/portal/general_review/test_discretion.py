"""Nobody can make out a State in what the general review is told, whatever he or she knows of all the others."""

import math
import zlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from portal.general_review import selectors
from portal.general_review.blurring import MOST_ODDS, blurred, chance
from portal.general_review.selectors import (
    AgreedLists,
    AgreedRow,
    GeneralFigures,
    KnownList,
    counted,
    figures_of,
    joined_groups,
)
from portal.general_review.telling import Line, ToldTable, put_together, told_table

pytestmark = pytest.mark.unit
KEYS = [bytes([number % 256, number // 256]) * 16 for number in range(4000)]
HEADINGS = {"gap_or_challenge": "Gaps", "best_practice": "Practices", "suggestion": "Suggestions"}


# --- whoever knows all States but one


def guess(told: int, others: int) -> bool:
    """What the best attacker says of the last State, who knows how many of the others have something."""
    return chance(told - others - 1) > chance(told - others)


def test_an_exact_figure_would_tell_the_last_state() -> None:
    """The attack is a real one: without chance it never fails."""
    for others in range(20):
        for has in (False, True):
            assert ((others + has) - others == 1) is has


@given(others=st.integers(0, 200), told=st.integers(0, 200))
def test_every_figure_can_come_of_either_and_changes_the_odds_no_more_than_twofold(others: int, told: int) -> None:
    with_it, without = chance(told - others - 1), chance(told - others)
    assert min(with_it, without) > 0
    assert max(with_it / without, without / with_it) <= MOST_ODDS * (1 + 1e-9)


@given(others=st.integers(0, 50), least=st.integers(3, 9))
def test_a_dash_tells_no_more(others: int, least: int) -> None:
    """What is below the least is told as a dash; that too can come of either."""
    with_it = sum(chance(told - others - 1) for told in range(-200, least))
    without = sum(chance(told - others) for told in range(-200, least))
    assert max(with_it / without, without / with_it) <= MOST_ODDS * (1 + 1e-9)


@pytest.mark.parametrize("others", [0, 1, 2, 3, 10, 60])
def test_the_best_attacker_is_wrong_about_every_third_time(others: int) -> None:
    right = sum(guess(blurred(others + has, key, "a cell"), others) is bool(has) for key in KEYS for has in (0, 1))
    assert right / (2 * len(KEYS)) < MOST_ODDS / (1 + MOST_ODDS) + 0.02


def test_what_is_drawn_has_the_chance_that_is_said() -> None:
    drawn = [blurred(100, key, "a cell") - 100 for key in KEYS]
    for difference in range(-3, 4):
        assert drawn.count(difference) / len(KEYS) == pytest.approx(chance(difference), abs=0.025)
    assert sum(chance(each) for each in range(-60, 61)) == pytest.approx(1)
    assert math.fsum(drawn) / len(KEYS) == pytest.approx(0, abs=0.12)


def test_looking_again_tells_nothing_new() -> None:
    assert len({blurred(7, KEYS[1], "a cell") for _time in range(100)}) == 1
    assert len({blurred(7, KEYS[1], f"cell {number}") for number in range(100)}) > 3


# --- whoever knows all that is told, and can do sums


def determined(grid: Sequence[Sequence[int | None]], told: ToldTable) -> set[tuple[int, int]]:
    """The cells left out that follow from what is told and from the sums: by elimination, in whole numbers."""
    unknown = [(r, c) for r, line in enumerate(grid) for c, value in enumerate(line) if value is None]
    rows = [[Fraction(cell[0] == r) for cell in unknown] for r, line in enumerate(told.lines) if line.total is not None]
    columns = [[Fraction(cell[1] == c) for cell in unknown] for c, sum_ in enumerate(told.sums) if sum_ is not None]
    single = [[n for n, value in enumerate(row) if value] for row in eliminated([*rows, *columns], len(unknown))]
    return {unknown[places[0]] for places in single if len(places) == 1}


def eliminated(equations: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """By Gauss and Jordan."""
    row = 0
    for column in range(width):
        pivot = next((n for n in range(row, len(equations)) if equations[n][column]), None)
        if pivot is None:
            continue
        equations[row], equations[pivot] = equations[pivot], equations[row]
        equations[row] = [value / equations[row][column] for value in equations[row]]
        for n, other in enumerate(equations):
            if n != row and other[column]:
                equations[n] = [a - other[column] * b for a, b in zip(other, equations[row], strict=True)]
        row += 1
    return equations


TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 12), min_size=columns, max_size=columns), min_size=1, max_size=7)
)


def table_of(numbers: Sequence[Sequence[int]], whole: int = 30, least: int = 3) -> ToldTable:
    return told_table([Line((str(n),), tuple(line)) for n, line in enumerate(numbers)], whole, least)


@given(numbers=TABLES, least=st.integers(1, 6))
def test_no_figure_that_is_left_out_follows_from_the_others_and_the_sums(numbers: list[list[int]], least: int) -> None:
    told = table_of(numbers, least=least)
    assert determined([line.values for line in told.lines], told) == set()


def test_the_attack_by_sums_is_a_real_one() -> None:
    """Small numbers alone left out would be told by the sums."""
    whole = table_of([[9, 8], [7, 6]])
    assert determined([[9, None], [7, 6]], whole) == {(0, 1)}


@given(numbers=TABLES, least=st.integers(1, 6))
def test_nothing_small_is_told_and_what_is_told_is_so(numbers: list[list[int]], least: int) -> None:
    told = table_of(numbers, least=least)
    for line, given_line in zip(told.lines, numbers, strict=True):
        for value, true in zip(line.values, given_line, strict=True):
            assert value is None or (value == true and value >= max(least, 3))
        assert line.total is None or line.total == sum(given_line)
    assert told.total is None or told.total == sum(map(sum, numbers))


def test_a_rule_of_the_mechanism_raises_what_is_told_at_least_and_never_lowers_it() -> None:
    numbers = [[9, 8, 7], [9, 4, 8], [9, 9, 2]]
    assert table_of(numbers, least=1) == table_of(numbers, least=3)
    assert table_of(numbers, least=3).lines[1].values[1] is not None or table_of(numbers).lines[2].values[2] is None
    assert [line.values[1] for line in table_of(numbers, least=5).lines][1] is None


@given(totals=st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_rows_with_little_stand_together(totals: list[int]) -> None:
    lines = [Line((str(n),), (total,)) for n, total in enumerate(totals)]
    shown = put_together(lines)
    assert sorted(name for line in shown for name in line.names) == sorted(str(n) for n in range(len(totals)))
    assert sum(line.total for line in shown) == sum(totals)
    assert (
        all(line.total >= 5 for line in shown) or sum(totals) < 5 or all(line.total in (0, *totals) for line in shown)
    )


@given(members=st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 12)))
def test_no_regional_group_of_few_states_stands_alone(members: dict[str, int]) -> None:
    for group in joined_groups(members):
        assert sum(members[each] for each in group) >= 5 or sum(members.values()) < 5


# --- all of it


def state(number: int) -> UUID:
    return UUID(int=number)


def known_list(number: int, *, of: int | None = None, instrument: str = "untoc") -> KnownList:
    """Of the State of the same number, if not ``of`` another."""
    return KnownList(UUID(int=1000 + number), state(number if of is None else of), instrument)


def lists_with(having: Mapping[KnownList, Sequence[bool]]) -> AgreedLists:
    """By list, in their order, whether it has something on each article below the first heading."""
    rows = [
        AgreedRow(each, "gap_or_challenge", (place,))
        for each, row in having.items()
        for place, has in enumerate(row, start=5)
        if has
    ]
    regions = {each.state: f"group-{each.state.int % 2}" for each in having}
    return AgreedLists(rows, list(having), regions, {"untoc": [5, 6]})


def lists_of(having: Sequence[Sequence[bool]]) -> AgreedLists:
    return lists_with({known_list(number): row for number, row in enumerate(having)})


def figures(having: Sequence[Sequence[bool]], key: bytes = KEYS[7]) -> GeneralFigures:
    return figures_of(lists_of(having), HEADINGS, {"untoc": "Convention"}, 3, key)


def test_lists_are_counted_with_each_doubling() -> None:
    assert figures([[True]] * 4).by_instrument is None
    fifth, ninth = figures([[True]] * 5), figures([[True]] * 9)
    assert fifth == ninth
    tenth, nineteenth = figures([[True]] * 10), figures([[True]] * 19)
    assert tenth == nineteenth
    assert fifth.by_instrument is not None
    assert tenth.by_instrument is not None
    assert (fifth.by_instrument.lists, tenth.by_instrument.lists) == (5, 10)
    lists = [known_list(number) for number in range(190)]
    assert sorted({len(counted(lists[:number])) for number in range(191)}) == [0, 5, 10, 20, 40, 80, 160]


def test_nothing_is_told_of_the_lists_of_fewer_than_five_states() -> None:
    of_four = [known_list(number, of=number % 4) for number in range(12)]
    assert counted(of_four) == frozenset()
    assert counted([*of_four[:9], known_list(9)]) == {*of_four[:9], known_list(9)}


# --- whoever looks twice


def drawn(lists: AgreedLists, key: bytes, place: str) -> int:
    """What is drawn for the gaps in a place, before anything is left out: more than anybody is told."""
    found: dict[str, int] = {}

    def noted(count: int, with_key: bytes, name: str) -> int:
        found[name.rpartition("|")[0]] = told = blurred(count, with_key, name)
        return told

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(selectors, "blurred", noted)
        figures_of(lists, HEADINGS, {"untoc": "Convention", "tip": "Protocol"}, 3, key)
    return found[f"{place}|gap_or_challenge"]


BEFORE = {known_list(number): [number % 3 == 0, False] for number in range(1, 11)}
PLACES = {"a later list": "regions|group-0", "dated back": "untoc|5", "brought in anew": "untoc|5"}


def after(what: str, *, has: bool) -> AgreedLists:
    """At the second look: all is known but whether the State has something in what came between the two."""
    if what == "a later list":
        return lists_with({**BEFORE, known_list(50, of=2, instrument="tip"): [has, False]})
    if what == "dated back":
        return lists_with({known_list(50): [has, False], **BEFORE})
    _first, *others = BEFORE
    return lists_with({known_list(50, of=1): [has, False], **{each: BEFORE[each] for each in others}})


@pytest.mark.parametrize("what", PLACES)
def test_whoever_looks_before_and_after_cannot_take_the_chance_away(what: str) -> None:
    """With the same chance in both looks the difference would be that of what is counted, and tell the State."""
    right, looks = 0, KEYS[:400]
    for key in looks:
        before = drawn(lists_with(BEFORE), key, PLACES[what])
        right += sum((drawn(after(what, has=has), key, PLACES[what]) > before) is has for has in (False, True))
    assert right / (2 * len(looks)) < MOST_ODDS / (1 + MOST_ODDS) + 0.02


def test_whoever_looks_at_every_report_sees_one_draw_with_each_doubling() -> None:
    """With 190 lists six, and not 38."""
    with pytest.MonkeyPatch.context() as patched:
        names: set[str] = set()
        patched.setattr(selectors, "blurred", lambda count, key, name: names.add(name) or count)
        for number in range(5, 191, 5):
            figures([[True, False]] * number)
    assert len([name for name in names if name.startswith("untoc|5|gap_or_challenge|")]) == 6


def test_the_best_attacker_with_all_draws_is_wrong_about_every_fifth_time() -> None:
    """Each draw is a vote; where these are even nothing is told (record 72)."""
    right = 0.0
    for key in KEYS:
        for has in (False, True):
            guesses = [guess(blurred(10 + has, key, f"a cell|{n}"), 10) for n in range(6)]
            right += 0.5 if sum(guesses) == 3 else (sum(guesses) > 3) is has
    assert right / (2 * len(KEYS)) == pytest.approx(0.79, abs=0.02)


HAVING = st.lists(st.lists(st.booleans(), min_size=2, max_size=2), min_size=10, max_size=14)


@given(having=HAVING, last=st.integers(0, 9), has=st.lists(st.booleans(), min_size=2, max_size=2))
def test_with_the_whole_report_and_all_states_but_one_the_last_stays_open(
    having: list[list[bool]], last: int, has: list[bool]
) -> None:
    """Whatever the last State has: by the same blurred numbers the very same report is told, rows and gaps included.

    And these numbers could come of either, as shown above.
    """
    instead = [*having[:last], has, *having[last + 1 :]]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(selectors, "blurred", lambda count, key, name: zlib.crc32(name.encode()) % 14)
        assert figures(having) == figures(instead)


@given(having=HAVING)
def test_no_table_tells_a_number_below_the_least(having: list[list[bool]]) -> None:
    told = figures(having)
    for table in (told.by_instrument, told.by_region, *told.by_article):
        assert table is not None
        assert [v for line in table.table.lines for v in line.values if v is not None and v < 3] == []
