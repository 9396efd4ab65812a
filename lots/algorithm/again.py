"""A draw run once more from its published files, whichever their format."""

from collections.abc import Mapping, Sequence
from typing import Any

from lots.algorithm.chain import standing_after
from lots.algorithm.chained import ChainedDraw, draw_on
from lots.algorithm.draw import FinishedDraw, draw
from lots.algorithm.switches import Switches
from lots.algorithm.table import PartyTable
from lots.algorithm.terms import DrawTerms


def drawn_from(said: Mapping[str, Any], input_csv: bytes, before: Sequence[bytes] = ()) -> FinishedDraw | ChainedDraw:
    """Draw from ``draw.json``, ``input.csv`` and the ``result.json`` of the draws before, oldest first.

    Raises ImpossibleDrawError, SwitchError and TableError like ``draw`` and ``draw_on``.
    """
    switches, day, seed = Switches.from_json(said["switches"]), said["as_of"], said["seed"]
    if "format" not in said:
        return draw(PartyTable.from_csv(input_csv), switches, as_of=day, seed=seed)
    terms = DrawTerms.from_json(said)
    table = PartyTable.from_csv(input_csv, terms.instruments)
    return draw_on(table, switches, terms, standing_after(before), as_of=day, seed=seed)
