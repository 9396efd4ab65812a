"""Three groups, even in all and within each regional group, whatever the table."""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from lots.algorithm import Switches
from lots.algorithm.generator import Chance
from lots.algorithm.groups import deal_groups, late_group
from tests.lots.tables import full_table, parties_of_2020, party, table

pytestmark = pytest.mark.unit

SIZES = st.lists(st.integers(0, 12), min_size=1, max_size=5)


def spread(groups: dict[str, int], codes: list[str]) -> int:
    counts = Counter(groups[code] for code in codes)
    sizes = [counts[number] for number in (1, 2, 3)]
    return max(sizes) - min(sizes)


@given(SIZES, st.binary(max_size=4), st.booleans())
def test_sizes_differ_by_at_most_one(sizes: list[int], key: bytes, stratify: bool) -> None:
    dealt = full_table(*sizes)
    groups = deal_groups(dealt, Switches(stratify=stratify), Chance(key, "groups"))
    assert sorted(groups) == [each.code for each in dealt.parties]
    assert spread(groups, list(groups)) <= 1
    if stratify:
        for region in {each.regional_group for each in dealt.parties}:
            assert spread(groups, [each.code for each in dealt.parties if each.regional_group == region]) <= 1


def test_the_190_parties_make_two_groups_of_63_and_one_of_64() -> None:
    groups = deal_groups(parties_of_2020(), Switches(), Chance(b"key", "groups"))
    assert sorted(Counter(groups.values()).values()) == [63, 63, 64]


@given(st.binary(max_size=4))
def test_a_volunteer_is_in_the_first_group_and_all_stays_even(key: bytes) -> None:
    dealt = full_table(7, 8)
    groups = deal_groups(dealt, Switches(volunteer=("AAA", "BAB")), Chance(key, "groups"))
    assert (groups["AAA"], groups["BAB"]) == (1, 1)
    assert spread(groups, list(groups)) <= 1


def test_with_more_volunteers_than_places_lots_decide() -> None:
    dealt = full_table(3)
    firsts = {
        next(code for code, number in groups.items() if number == 1)
        for key in range(60)
        for groups in [deal_groups(dealt, Switches(volunteer=("AAA", "AAB", "AAC")), Chance(bytes([key]), "groups"))]
    }
    assert firsts == {"AAA", "AAB", "AAC"}


def test_a_late_party_joins_the_smallest_group_and_of_equals_the_last() -> None:
    joined = table(*(party(code) for code in ("AAA", "AAB", "AAC", "AAD", "LAT")))
    assert late_group("LAT", joined, {"AAA": 1, "AAB": 2, "AAC": 3, "AAD": 3}) == 2
    assert late_group("LAT", joined, {"AAA": 1, "AAB": 2, "AAC": 3}) == 3


def test_among_equals_a_late_party_joins_where_fewest_of_its_regional_group_are() -> None:
    joined = table(party("AAA"), party("AAB", "South"), party("AAC"), party("LAT"))
    assert late_group("LAT", joined, {"AAA": 1, "AAB": 2, "AAC": 3}) == 2
