"""The terms of a draw that builds on others, or on other instruments than the first (docs/draw-files.md).

Format 2 says all of them but one: to which draw a supplementary one adds. Where that has to be said it is format 3.

A programme is one chain of draws: the first deals the groups for good, the draw of the next phase keeps them and keeps,
completes or draws anew the teams, and supplementary draws add what came later. Guidelines, paragraph 4, divide the
States once; mechanism rules B10, B12 and B13 (unverified) leave the rest open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lots.algorithm.switches import CODE, SwitchError, Switches
from lots.algorithm.table import INSTRUMENTS, ROLES

FORMAT, NAMING_FORMAT = 2, 3
FIRST, NEXT_PHASE, SUPPLEMENTARY, BROUGHT_IN = "first", "next_phase", "supplementary", "brought_in"
KINDS = (FIRST, NEXT_PHASE, SUPPLEMENTARY, BROUGHT_IN)
KEPT, COMPLETED, ANEW, AS_MADE = "kept", "completed", "anew", "as_made"
TEAMS = {FIRST: (ANEW,), NEXT_PHASE: (KEPT, COMPLETED, ANEW), SUPPLEMENTARY: (KEPT,), BROUGHT_IN: (AS_MADE,)}
MOST_SOURCE = 1_000  # characters


@dataclass(frozen=True, slots=True)
class DrawTerms:
    """``previous``: SHA-256 of ``result.json`` of the draws before, oldest first. ``teams``: what becomes of theirs.

    ``replace`` are pairs (reviewer, State under review) that end, and whose place is drawn; ``source`` says where a
    draw that was brought in is read. ``supplements``: the one of ``previous`` that began the teams to which a
    supplementary draw adds, as its phase is to be added to after others were drawn; empty for the last phase.
    """

    kind: str = FIRST
    previous: tuple[str, ...] = ()
    teams: str = ANEW
    replace: tuple[tuple[str, str], ...] = ()
    source: str = ""
    instruments: tuple[str, ...] = INSTRUMENTS
    roles: tuple[str, ...] = ROLES
    supplements: str = ""

    def __post_init__(self) -> None:
        """Raises SwitchError where the terms contradict themselves."""
        if self.kind not in KINDS:
            raise SwitchError("kind", f"a draw is one of {', '.join(KINDS)}, not {self.kind!r}")
        if self.teams not in TEAMS[self.kind]:
            raise SwitchError("teams", f"the teams of this kind of draw are {' or '.join(TEAMS[self.kind])}")
        if bool(self.previous) != (self.kind in {NEXT_PHASE, SUPPLEMENTARY}):
            raise SwitchError(
                "previous", "draws of the next phase and supplementary ones build on others, no other does"
            )
        if self.replace and self.kind != SUPPLEMENTARY:
            raise SwitchError("replace", "reviewers are replaced in a supplementary draw")
        if self.supplements and (self.kind != SUPPLEMENTARY or self.supplements not in self.previous):
            raise SwitchError("supplements", "a supplementary draw adds to one of the draws before it, no other does")
        if not self.roles or [role for role in ROLES if role in self.roles] != [*self.roles]:
            raise SwitchError("roles", f"the roles are some of {', '.join(ROLES)}, in this order")
        if not self.instruments or len({*self.instruments}) < len(self.instruments):
            raise SwitchError("instruments", "at least one instrument is needed, each once")

    @property
    def format_number(self) -> int:
        """The oldest format that says all of it."""
        return NAMING_FORMAT if self.supplements else FORMAT

    @property
    def heading(self) -> dict[str, Any]:
        """What each file says of its format."""
        return {"format": self.format_number, **self._named}

    @property
    def _named(self) -> dict[str, Any]:
        return {"supplements": self.supplements} if self.supplements else {}

    @property
    def barred(self) -> Mapping[str, frozenset[str]]:
        """Who is replaced, by State under review."""
        return {
            state: frozenset(reviewer for reviewer, its in self.replace if its == state)
            for state in sorted({state for _reviewer, state in self.replace})
        }

    def to_json(self) -> dict[str, Any]:
        """As they stand in ``draw.json``."""
        return {
            "kind": self.kind,
            "previous": [*self.previous],
            "teams": self.teams,
            "replace": [f"{reviewer}>{state}" for reviewer, state in self.replace],
            "source": self.source,
            "instruments": [*self.instruments],
            "roles": [*self.roles],
            **self._named,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "DrawTerms":
        """Read what ``to_json`` wrote, among other keys. Raises SwitchError."""
        try:
            return cls(
                kind=said["kind"],
                previous=tuple(said["previous"]),
                teams=said["teams"],
                replace=pairs_of(said["replace"]),
                source=said["source"],
                instruments=tuple(said["instruments"]),
                roles=tuple(said["roles"]),
                supplements=said.get("supplements", ""),
            )
        except (KeyError, TypeError) as error:
            raise SwitchError("kind", "the terms are not those of this format") from error

    def fitting(self, switches: Switches) -> None:
        """Raises SwitchError where switches say what these terms leave no room for."""
        if self.kind != SUPPLEMENTARY and (switches.late or switches.redraw):
            raise SwitchError("late", "late parties and redraws are supplementary draws in this format")
        if self.kind == SUPPLEMENTARY and not (switches.late or switches.redraw or self.replace):
            raise SwitchError("late", "a supplementary draw says for whom it is: late, redraw or replace")
        if self.kind != FIRST and switches.volunteer:
            raise SwitchError("volunteer", "the groups are drawn once: nobody volunteers afterwards")
        if switches.load == "two" and len(self.roles) != len(ROLES):
            raise SwitchError("load", "two duties, one in each role, need both roles")
        if twice := {*switches.redraw} & {*self.barred} or {*switches.late} & {*self.barred}:
            raise SwitchError("replace", f"{', '.join(sorted(twice))} is drawn for in two ways at once")


def pairs_of(listed: Any) -> tuple[tuple[str, str], ...]:
    """Read ``AAA>BBB`` (AAA no longer reviews BBB). Raises SwitchError."""
    pairs = set()
    for each in listed:
        reviewer, _arrow, state = str(each).partition(">")
        if not CODE.fullmatch(reviewer) or not CODE.fullmatch(state) or reviewer == state:
            raise SwitchError("replace", f"replace takes AAA>BBB (AAA no longer reviews BBB), not {each!r}")
        pairs.add((reviewer, state))
    return tuple(sorted(pairs))
