"""All of a draw that is fixed before anybody knows its seed, whichever the format of its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lots.algorithm.canonical import json_bytes, sha256
from lots.algorithm.chain import StandingResult, standing_after
from lots.algorithm.chained import ChainedDraw, announcement_on, draw_on
from lots.algorithm.draw import FinishedDraw, announcement, draw
from lots.algorithm.switches import Switches
from lots.algorithm.table import ROLES, PartyTable
from lots.algorithm.terms import DrawTerms


@dataclass(frozen=True)
class DrawInput:
    """``as_of`` is YYYY-MM-DD; without ``terms`` the draw is of format 1.

    ``results`` are the ``result.json`` of the draws before, oldest first.
    """

    table: PartyTable
    switches: Switches
    as_of: str
    terms: DrawTerms | None = None
    results: tuple[bytes, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        return self.terms.roles if self.terms else ROLES

    @property
    def before(self) -> StandingResult:
        return standing_after(self.results, self.terms.supplements if self.terms else "")

    @property
    def announcement(self) -> dict[str, Any]:
        """``draw.json`` before the seed is known."""
        if self.terms is None:
            return announcement(self.table, self.switches, self.as_of)
        return announcement_on(self.table, self.switches, self.terms, self.as_of)

    @property
    def commitment(self) -> str:
        """The hash that is published before the seed is known."""
        return sha256(json_bytes(self.announcement))

    def drawn(self, seed: str) -> FinishedDraw | ChainedDraw:
        """Raises ImpossibleDrawError, SwitchError and TableError like ``draw`` and ``draw_on``."""
        if self.terms is None:
            return draw(self.table, self.switches, as_of=self.as_of, seed=seed)
        return draw_on(self.table, self.switches, self.terms, self.before, as_of=self.as_of, seed=seed)

    @classmethod
    def from_files(cls, said: Mapping[str, Any], input_csv: bytes, results: Sequence[bytes] = ()) -> "DrawInput":
        """From ``draw.json`` and ``input.csv``. Raises SwitchError and TableError."""
        terms = DrawTerms.from_json(said) if "format" in said else None
        table = PartyTable.from_csv(input_csv, terms.instruments) if terms else PartyTable.from_csv(input_csv)
        return cls(table, Switches.from_json(said["switches"]), said["as_of"], terms, tuple(results))
