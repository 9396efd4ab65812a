"""A draw from a table of parties with their dates of deposit, as commands make it: files in, a finished draw out."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lots.algorithm import (
    ANEW,
    FIRST,
    INSTRUMENTS,
    KEPT,
    SUPPLEMENTARY,
    ChainedDraw,
    DrawTerms,
    FinishedDraw,
    Switches,
    draw,
    draw_on,
    pairs_of,
    read_parties,
    standing_after,
)
from lots.algorithm.canonical import sha256
from lots.files.folders import results_in


def draw_from_parties(
    parties: bytes,
    switches: Switches,
    *,
    as_of: str,
    seed: str,
    kind: str = "",
    previous: Sequence[Path] = (),
    teams: str = "",
    replaced: Sequence[str] = (),
    supplements: Path | None = None,
    instruments: Sequence[str] = INSTRUMENTS,
) -> tuple[FinishedDraw | ChainedDraw, list[str]]:
    """Draw, and name the States that the file holds and a supplementary draw leaves out, since nobody named them late.

    Without ``kind``, ``previous`` and other ``instruments`` the draw is of format 1. ``previous`` are folders, the
    oldest first; ``replaced`` are as ``AAA>BBB``. ``supplements`` is that of ``previous`` that began the phase to which
    a supplementary draw adds, where it is not the last one.

    Raises ImpossibleDrawError, OSError, SwitchError and TableError.
    """
    is_first = not kind and not previous and tuple(instruments) == INSTRUMENTS
    taken = switches if is_first else replace(switches, late=())  # in format 2 nobody joins after the day
    table = read_parties(parties, as_of=as_of, switches=taken, instruments=tuple(instruments))
    if is_first:
        return draw(table, switches, as_of=as_of, seed=seed), []
    began = sha256(results_in([supplements])[0]) if supplements else ""
    before = standing_after(results_in(previous), began)
    kind = kind or FIRST
    terms = DrawTerms(
        kind=kind,
        previous=before.hashes,
        teams=teams or (KEPT if kind == SUPPLEMENTARY else ANEW),
        replace=pairs_of(replaced),
        instruments=table.instruments,
        supplements=began,
    )
    left_out = []
    if kind == SUPPLEMENTARY:
        taking_part = {*before.groups, *switches.late}
        drawn = before.reviewed if began else taking_part
        left_out = [party.code for party in table.parties if party.code not in {*drawn, *switches.late}]
        table = replace(table, parties=tuple(party for party in table.parties if party.code in taking_part))
    return draw_on(table, switches, terms, before, as_of=as_of, seed=seed), left_out


def names_in(parties: bytes) -> dict[str, str]:
    """The names of the States by code, as the file has them; ``parties`` is one that was read without fault before."""
    rows = csv.reader(io.StringIO(parties.decode("utf-8-sig"), newline=""))
    heading = [name.strip() for name in next(rows, [])]
    code, name = heading.index("iso3"), heading.index("name_en")
    return {row[code].strip(): row[name].strip() for row in rows if any(cell.strip() for cell in row)}
