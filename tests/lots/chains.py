"""Draws that build on the first one, of the real parties: what has been drawn in 2020, and what comes in 2026."""

from dataclasses import replace
from functools import cache
from typing import Any

from lots.algorithm import (
    KEPT,
    NEXT_PHASE,
    SUPPLEMENTARY,
    ChainedDraw,
    DrawnPairing,
    DrawTerms,
    PartyTable,
    StandingResult,
    Switches,
    draw,
    draw_on,
    read_parties,
    standing_after,
)
from tests.lots.tables import AS_OF, FIXTURE, parties_of_2020

LATER = "2026-10-12"
NEWCOMERS = ("BTN", "SOM", "SSD")  # parties since the first draw


@cache
def files_of_2020() -> dict[str, bytes]:
    return draw(parties_of_2020(), Switches(), as_of=AS_OF, seed="african=7/").files()


@cache
def before() -> StandingResult:
    return standing_after([files_of_2020()["result.json"]])


@cache
def parties_of_2026() -> PartyTable:
    return read_parties(FIXTURE.read_bytes(), as_of=LATER, switches=Switches())


def next_phase(teams: str, *, of: PartyTable | None = None, seed: str = "s", **switches: Any) -> ChainedDraw:
    terms = DrawTerms(NEXT_PHASE, before().hashes, teams)
    return draw_on(
        of or parties_of_2026(),
        Switches(**switches),
        terms,
        before(),
        as_of=LATER,
        seed=seed,
    )


def supplementary(*, replaced: tuple[tuple[str, str], ...] = (), seed: str = "s", **switches: Any) -> ChainedDraw:
    given = Switches(**switches)
    of = parties_of_2026()
    there = tuple(each for each in of.parties if each.code in before().groups or each.code in given.late)
    terms = DrawTerms(SUPPLEMENTARY, before().hashes, KEPT, replaced)
    return draw_on(replace(of, parties=there), given, terms, before(), as_of=LATER, seed=seed)


def drawn_team(drawn: ChainedDraw, code: str) -> list[DrawnPairing]:
    return [each for each in drawn.pairings if each.under_review == code]
