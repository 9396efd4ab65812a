"""What a simulation found, as Markdown for people and as CSV for those who want to look at every pair."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.files.spreadsheets import safe_row
from lots.algorithm import Party
from lots.simulations.simulation import ASPECTS, ClassFit, DrawTally, Fit

LEVELS = (0.05, 0.01, 0.001)


def summary_of(tally: DrawTally) -> str:
    """Markdown: the tests by class and in all, and who can meet whom."""
    return "\n".join([*_fit_lines(tally), "", *_class_lines(tally), "", *_chance_lines(tally)]) + "\n"


def write_tables(tally: DrawTally, folder: Path) -> None:
    """``pairs.csv``: one line a test of two like States; ``chances.csv``: one line a pair of States that met."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "pairs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["one", "other", "aspect", "statistic", "degrees_of_freedom", "p"])
        for fit in tally.fits():
            row = [fit.one, fit.other, fit.aspect, f"{fit.statistic:.3f}", fit.degrees, f"{fit.p:.5f}"]
            writer.writerow(safe_row(row))
    with (folder / "chances.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["under_review", "reviewer", "draws", "of"])
        for (under_review, reviewer), number in sorted(tally.meetings.items()):
            writer.writerow(safe_row([under_review, reviewer, number, tally.draws]))


def _class_lines(tally: DrawTally) -> Iterator[str]:
    fits = list(tally.class_fits())
    yield f"All States of a class together: {len(fits)} tests (class, aspect, value)."
    yield ""
    yield "| aspect | tests | smallest p | below 0.05 | below 0.01 | below 0.001 |"
    yield "|---|---|---|---|---|---|"
    for aspect in (*ASPECTS, "all"):
        own = [fit for fit in fits if aspect in (fit.aspect, "all")]
        if own:
            yield f"| {aspect} | {len(own)} | {min(fit.p for fit in own):.5f} | {_shares(own)} |"


def _fit_lines(tally: DrawTally) -> Iterator[str]:
    fits = [fit for fit in tally.fits() if fit.degrees]
    place = tally.kinds
    yield f"{tally.draws} draws, {len(tally.like_pairs)} pairs of like States, {len(fits)} tests with anything to test."
    yield ""
    yield "| like States | number | tests | smallest p | expected | below 0.05 | below 0.01 | below 0.001 |"
    yield "|---|---|---|---|---|---|---|---|"
    for number, members in enumerate(tally.classes):
        own = [fit for fit in fits if place[fit.one] == number]
        if own:
            yield _fit_line(f"{number + 1}. {_name(members[0])}", len(members), own)
    if fits:
        yield _fit_line("all", sum(len(members) for members in tally.classes), fits)
    yield ""
    yield "| aspect | tests | smallest p | below 0.05 | below 0.01 | below 0.001 |"
    yield "|---|---|---|---|---|---|"
    for aspect in ASPECTS:
        own = [fit for fit in fits if fit.aspect == aspect]
        if own:
            yield f"| {aspect} | {len(own)} | {min(fit.p for fit in own):.5f} | {_shares(own)} |"


def _fit_line(name: str, states: int, fits: list[Fit]) -> str:
    least = min(fit.p for fit in fits)
    return f"| {name} | {states} | {len(fits)} | {least:.5f} | {1 / (len(fits) + 1):.5f} | {_shares(fits)} |"


def _shares(fits: Sequence[Fit | ClassFit]) -> str:
    return " | ".join(f"{100 * sum(fit.p < level for fit in fits) / len(fits):.2f} %" for level in LEVELS)


def _chance_lines(tally: DrawTally) -> Iterator[str]:
    chances = tally.chances()
    numbers = range(len(chances))
    yield "| under review \\ reviewer | " + " | ".join(str(number + 1) for number in numbers) + " |"
    yield "|---" * (len(chances) + 1) + "|"
    for number, members in enumerate(tally.classes):
        cells = [f"{100 * chances[number][column]:.1f}" if chances[number][column] else "–" for column in numbers]
        yield f"| {number + 1}. {_name(members[0])} ({len(members)}) | " + " | ".join(cells) + " |"


def _name(party: Party) -> str:
    letters = "".join(name[0].upper() for name in party.instruments)
    return f"{party.regional_group}, {letters}" + (f", {party.legal_system}" if party.legal_system else "")
