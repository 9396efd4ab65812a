"""The rows of the table on what is brought in: files, and what came of them in a review."""

from accounts.people.enums import SecretariatRole
from reviews.bringing.enums import BringingAction, FileStatus
from reviews.bringing.policy import PERMISSIONS, BringingFacts
from reviews.programme.enums import StepKind
from tools.matrix_cells import NOTHING, Cells, MatrixRow, Who, cell, everybody

_BRINGER = Who("Officer who has brought it in", "Secretariat", role=SecretariatRole.OFFICER)
_OF_PIECES = (BringingAction.VIEW_PIECES, BringingAction.READ_WORDS, BringingAction.SAY)


def bringing_rows() -> list[MatrixRow]:
    """A file in each status, and a piece of the State under review before and after its word."""
    rows = []
    for who in [_BRINGER, *everybody()]:
        for status in FileStatus:
            for is_running in (False, True) if status == FileStatus.WAITING else (False,):
                facts = BringingFacts(
                    role=who.role, status=status, has_brought_it_in=who == _BRINGER, is_running=is_running
                )
                moment = f"A file: {status.label}{'; being carried out' if is_running else ''}"
                rows.append(MatrixRow(who, moment, _cells(facts, of_pieces=False)))
        for is_confirmed in (False, True):
            is_own = who.capacity is not None and who.side == "State under review"
            facts = BringingFacts(
                role=who.role,
                capacity=who.capacity,
                kind=StepKind.FEEDBACK,
                is_own=is_own,
                is_confirmed=is_confirmed,
            )
            moment = f"A piece: {'confirmed' if is_confirmed else 'not confirmed'}"
            rows.append(MatrixRow(who, moment, _cells(facts, of_pieces=True)))
    return rows


def _cells(facts: BringingFacts, *, of_pieces: bool) -> Cells:
    return {
        str(action.label): cell(PERMISSIONS.decide(action, facts)) if (action in _OF_PIECES) == of_pieces else NOTHING
        for action in BringingAction
    }
