"""Notes of meetings: a meeting without any, a draft in the room of a State, and notes that a State objects to."""

from typing import Any

from tests.reviews.minutes.minutes import held, lay, say, write
from tests.utils import Cast


def plant_notes(pieces: Any, cast: Cast, mark: str) -> None:
    pieces.held, drafted, laid = held(cast), held(cast), held(cast)
    pieces.notes_draft = write(cast.same_group_expert, drafted, f"{mark} drafted notes.")
    lay(cast.same_group_focal_point, write(cast.same_group_expert, laid, f"{mark} laid notes."))
    pieces.notes_laid = say(cast.other_group_focal_point, laid, agrees=False, note=f"{mark} objection to notes.")
