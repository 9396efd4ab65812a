"""Small programmes: draws of two phases, and what is added to either of them afterwards."""

from pathlib import Path

from lots.algorithm import (
    COMPLETED,
    KEPT,
    NEXT_PHASE,
    SUPPLEMENTARY,
    ChainedDraw,
    DrawInput,
    DrawTerms,
    FinishedDraw,
    PartyTable,
    Switches,
    draw,
    standing_after,
)
from lots.algorithm.canonical import sha256
from lots.files import write_files
from lots.verifier import verify
from tests.lots.tables import AS_OF, full_table, party, table

LATER = "2026-10-12"
NEW, LATE = "YYY", "ZZZ"  # who is new in the second phase, and who joins after that


def result_of(drawn: FinishedDraw | ChainedDraw) -> bytes:
    return drawn.files()["result.json"]


class Programme:
    """Draws that follow each other, the oldest first."""

    def __init__(self, first: PartyTable, seed: str = "s") -> None:
        self.parties, self.seed = first, seed
        self.draws: list[FinishedDraw | ChainedDraw] = [draw(first, Switches(), as_of=AS_OF, seed=seed)]

    @property
    def results(self) -> list[bytes]:
        return [result_of(each) for each in self.draws]

    def joined_by(self, code: str) -> None:
        parties = self.parties.parties
        self.parties = table(*parties, party(code, parties[0].regional_group))

    def next_phase(self, teams: str) -> ChainedDraw:
        standing = standing_after(self.results)
        return self._draw(self.parties, Switches(), DrawTerms(NEXT_PHASE, standing.hashes, teams))

    def added_to(self, number: int, **switches: tuple[str, ...]) -> ChainedDraw:
        """A supplementary draw, to the draw of this number."""
        given, hashes = Switches(**switches), standing_after(self.results).hashes  # type: ignore[arg-type]
        there = {*standing_after(self.results).groups, *given.late}
        of = PartyTable(tuple(each for each in self.parties.parties if each.code in there))
        return self._draw(of, given, DrawTerms(SUPPLEMENTARY, hashes, KEPT, supplements=hashes[number]))

    def _draw(self, of: PartyTable, switches: Switches, terms: DrawTerms) -> ChainedDraw:
        given = DrawInput(of, switches, LATER, terms, tuple(self.results))
        drawn = given.drawn(self.seed)
        assert isinstance(drawn, ChainedDraw)
        self.draws.append(drawn)
        return drawn

    def teams_of(self, number: int) -> dict[str, set[str]]:
        """Who reviews whom in the phase that this draw began."""
        standing = standing_after(self.results, sha256(self.results[number]))
        return {code: {each.reviewer for each in standing.team(code)} for code in standing.reviewed}

    def assert_verified(self, folder: Path) -> None:
        folders = [folder / str(number) for number in range(len(self.draws))]
        for each, drawn in zip(folders, self.draws, strict=True):
            write_files(drawn.files(), each)
        assert verify.main([*map(str, folders)]) == 0


def two_phases(teams: str = COMPLETED, first: PartyTable | None = None, seed: str = "s") -> Programme:
    programme = Programme(first or full_table(6, 6), seed)
    programme.joined_by(NEW)
    programme.next_phase(teams)
    programme.joined_by(LATE)
    return programme
