"""Where no draw keeps all rules: the smallest conflict, and what would mend it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from lots.algorithm import (
    INSTRUMENTS,
    ConflictRule,
    Demand,
    ImpossibleDrawError,
    Mend,
    PartyTable,
    RuleConflict,
    Switches,
    draw,
    feasibility,
    table_of,
)
from tests.lots.brute_force import best_draw
from tests.lots.tables import AS_OF, full_table, parties_of_2020, party, small_tables, table

pytestmark = pytest.mark.unit

FIREARMS = ("firearms",)


def conflict_in(parties: PartyTable, switches: Switches = Switches()) -> RuleConflict:  # noqa: B008 - it is frozen
    with pytest.raises(ImpossibleDrawError) as refusal:
        draw(parties, switches, as_of=AS_OF, seed="any")
    assert refusal.value.conflict is not None
    return refusal.value.conflict


def with_firearms_only_for(*codes: str) -> PartyTable:
    """The parties of 2020; of those of Asia and the Pacific only these have joined the Firearms Protocol."""
    return table_of(
        [
            replace(each, instruments=tuple(name for name in each.instruments if name != "firearms"))
            if each.regional_group == "Asia-Pacific States" and each.code not in codes
            else each
            for each in parties_of_2020().parties
        ],
        Switches(),
    )


def test_a_group_with_one_party_to_an_instrument() -> None:
    conflict = conflict_in(with_firearms_only_for("KHM"))
    assert conflict == RuleConflict(
        demands=(Demand("KHM", "same_group", FIREARMS),), rules=(), mends=(Mend(left_out=("KHM", "firearms")),)
    )


def test_two_parties_would_have_to_review_one_another() -> None:
    conflict = conflict_in(with_firearms_only_for("KHM", "CYP"))
    assert conflict == RuleConflict(
        demands=(Demand("CYP", "same_group", FIREARMS), Demand("KHM", "same_group", FIREARMS)),
        rules=(ConflictRule("no_mutual_reviews"),),
        mends=(
            Mend(allows_mutual=True),
            Mend(left_out=("CYP", "firearms")),
            Mend(left_out=("KHM", "firearms")),
        ),
    )


def test_three_parties_are_enough() -> None:
    result = draw(with_firearms_only_for("KHM", "CYP", "IND"), Switches(), as_of=AS_OF, seed="any")
    assert [finding.rule for finding in result.findings if not finding.holds] == []


def test_exclusions_that_leave_nobody() -> None:
    excluded = (("AAB", "AAA"), ("AAC", "AAA"))
    conflict = conflict_in(full_table(3, 3), Switches(exclude=excluded))
    assert [rule.about for rule in conflict.rules if rule.name == "exclude"] == ["AAB>AAA", "AAC>AAA"]
    assert conflict.states == ["AAA"]


def test_a_single_exclusion_is_mended_by_taking_it_away() -> None:
    """Of three States each reviews one; who may not review the one must review the other, and so on in a circle."""
    conflict = conflict_in(full_table(3, 3), Switches(exclude=(("AAB", "AAA"), ("AAC", "AAA"))))
    assert {mend.switch for mend in conflict.mends} >= {"-exclude=AAB>AAA", "-exclude=AAC>AAA"}


def test_a_group_of_one_has_no_reviewer_of_its_own_group() -> None:
    lonely = table(*full_table(4, 4).parties, party("LON", "Alone"))
    conflict = conflict_in(lonely)
    assert {(demand.code, demand.role) for demand in conflict.demands} == {("LON", "same_group")}
    assert conflict.rules == ()


def test_more_duties_than_there_may_be() -> None:
    conflict = conflict_in(full_table(3, 10))
    assert conflict.rules == (ConflictRule("load"),)
    assert Mend(switch="load=soft") in conflict.mends


def test_a_state_that_needs_five_reviewers_can_consent() -> None:
    """Nobody of its group has two of its Protocols, so that it needs three there, and as many elsewhere."""
    singles = [("untoc tip", "A"), ("untoc som", "B"), ("untoc firearms", "C")]
    parties = [
        party(f"{region[0]}{letter}{number}", region, joined)
        for region in ("North", "South")
        for joined, letter in singles
        for number in "XYZ"
    ]
    parties.append(party("ALL", "North"))
    conflict = conflict_in(table(*parties))
    assert conflict.rules == (ConflictRule("at_most_four"),)
    assert conflict.states == ["ALL"]
    assert Mend(switch="consent=ALL") in conflict.mends


def test_a_state_that_defers_may_be_the_last_that_could_review() -> None:
    """Two of the three of the other group are excluded; the third defers, and for some seeds it is in the same year."""
    switches = Switches(exclude=(("BAA", "AAA"), ("BAB", "AAA")), defer=("BAC",))
    conflicts = []
    for seed in "abcdefgh":
        try:
            draw(full_table(3, 3), switches, as_of=AS_OF, seed=seed)
        except ImpossibleDrawError as error:
            conflicts.append(error.conflict)
    assert conflicts != []
    for conflict in conflicts:
        assert conflict is not None
        assert ConflictRule("defer", "BAC") in conflict.rules
        assert Mend(switch="-defer=BAC") in conflict.mends


@settings(max_examples=25)
@given(small_tables())
def test_what_is_told_to_be_impossible_is_impossible(parties: PartyTable) -> None:
    conflict: RuleConflict | None = None
    try:
        draw(parties, Switches(), as_of=AS_OF, seed="any")
    except ImpossibleDrawError as error:
        conflict = error.conflict
    assert (best_draw(parties, Switches()) is None) == (conflict is not None)


def test_an_impossible_input_of_many_states_is_told() -> None:
    """Never an endless run: the limits are counted in steps. (A test that hangs ends the whole run.)"""
    assert conflict_in(full_table(3, 3, 3, 3, 80)).rules == (ConflictRule("load"),)


# --- Before the draw


def test_the_report_counts_parties_and_what_is_spare() -> None:
    lines = {(each.regional_group, each.instrument): each for each in feasibility(parties_of_2020(), Switches())}
    tightest = lines["Asia-Pacific States", "firearms"]
    assert (tightest.parties, tightest.elsewhere, tightest.spare, tightest.use_of_elsewhere) == (16, 103, 13, 6)
    assert len(lines) == 5 * len(INSTRUMENTS)
    assert all(each.is_possible for each in lines.values())


def test_the_report_says_where_no_draw_is_possible() -> None:
    report = feasibility(with_firearms_only_for("KHM", "CYP"), Switches())
    assert [(each.regional_group, each.instrument) for each in report if not each.is_possible] == [
        ("Asia-Pacific States", "firearms")
    ]


def test_without_a_limit_of_the_load_there_is_nothing_to_use_up() -> None:
    assert {each.use_of_elsewhere for each in feasibility(full_table(3, 10), Switches(load="soft"))} == {None}
    impossible = [each for each in feasibility(full_table(3, 10), Switches()) if not each.is_possible]
    assert {each.regional_group for each in impossible} == {"Group 1"}
