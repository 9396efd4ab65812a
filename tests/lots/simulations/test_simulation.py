"""Equal treatment: like States fare alike over many draws, and the test would notice if they did not."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lots.algorithm import FinishedDraw, Switches, draw
from lots.simulations.simulation import DrawTally, chi_squared_tail, simulate
from tests.lots.tables import AS_OF, FIXTURE, full_table, party, table

pytestmark = pytest.mark.unit

TABLE = table(*full_table(4, 4).parties, party("AAX", "Group 0", "untoc tip"), party("AAY", "Group 0", "untoc tip"))


def test_like_states_are_those_that_the_input_does_not_tell_apart() -> None:
    tally = DrawTally(TABLE, Switches(exclude=(("BAA", "BAB"),)))
    assert [[each.code for each in members] for members in tally.classes] == [
        ["AAX", "AAY"],
        ["AAA", "AAB", "AAC", "AAD"],
        ["BAC", "BAD"],
        ["BAA"],
        ["BAB"],
    ]
    assert len(tally.like_pairs) == 1 + 6 + 1


def test_like_states_fare_alike() -> None:
    tally = simulate(TABLE, Switches(), AS_OF, [f"alike {number}" for number in range(300)])
    fits = [fit for fit in tally.fits() if fit.degrees]
    assert len(fits) > 20
    assert min(fit.p for fit in fits) > 0.0005
    together = list(tally.class_fits())
    assert {fit.aspect for fit in together} >= {"group", "load", "same_group"}
    assert min(fit.p for fit in together) > 0.0005


def test_a_draw_that_favours_a_state_is_noticed() -> None:
    """The name decides here: whoever comes first among its likes gets the lowest number that any of them has."""

    def unfair(seed: str) -> FinishedDraw:
        drawn = draw(TABLE, Switches(), as_of=AS_OF, seed=seed)
        groups = dict(drawn.groups)
        groups["AAX"], groups["AAY"] = sorted((groups["AAX"], groups["AAY"]))
        return replace(drawn, groups=groups)

    tally = DrawTally(TABLE, Switches())
    for number in range(100):
        tally.add(unfair(f"unfair {number}"))
    assert {(fit.one, fit.other) for fit in tally.fits() if fit.p < 1e-6} == {("AAX", "AAY")}
    assert {(fit.number, fit.aspect) for fit in tally.class_fits() if fit.p < 1e-6} == {(0, "group")}


def test_halves_add_up() -> None:
    seeds = [str(number) for number in range(20)]
    whole = simulate(TABLE, Switches(), AS_OF, seeds)
    half = simulate(TABLE, Switches(), AS_OF, seeds[:10])
    half.merge(simulate(TABLE, Switches(), AS_OF, seeds[10:]))
    assert (half.draws, half.both, half.meetings) == (whole.draws, whole.both, whole.meetings)
    assert half.happened == whole.happened
    assert half.variances == pytest.approx(whole.variances)


@pytest.mark.parametrize(
    ("statistic", "degrees", "tail"),
    [
        (3.841, 1, 0.05),
        (5.991, 2, 0.05),
        (7.815, 3, 0.05),
        (18.307, 10, 0.05),
        (31.264, 11, 0.001),
        (0, 4, 1),
        (5, 0, 1),
    ],
)
def test_the_tail_is_that_of_the_tables(statistic: float, degrees: int, tail: float) -> None:
    assert chi_squared_tail(statistic, degrees) == pytest.approx(tail, rel=2e-3)


def test_the_command_prints_tests_and_chances(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    options = ["--parties", str(FIXTURE), "--as-of", AS_OF, "--draws", "4", "--output", str(tmp_path)]
    call_command("simulate_draws", *options, stdout=out, stderr=err)
    assert out.getvalue().startswith("4 draws, 1699 pairs of like States")
    assert "| 1. African States, UF (1) |" in out.getvalue()
    assert err.getvalue() == "4 of 4 draws\n"
    with (tmp_path / "pairs.csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 4 * 1699
    with (tmp_path / "chances.csv").open(encoding="utf-8") as file:
        assert sum(int(row["draws"]) for row in csv.DictReader(file)) == 4 * 380


def test_the_command_refuses_in_words() -> None:
    with pytest.raises(CommandError, match="there is no switch"):
        call_command("simulate_draws", "--parties", str(FIXTURE), "--as-of", AS_OF, "--switch", "speed=fast")
