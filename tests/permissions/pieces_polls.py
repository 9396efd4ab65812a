"""Polls on the time of a meeting: one that waits for a State, one to which all have answered, one that is decided."""

from typing import Any

from reviews.cases.models import Review
from tests.reviews.polls.polls import answer, pick, proposed
from tests.utils import Cast


def plant_polls(pieces: Any, cast: Cast, review: Review, mark: str) -> None:
    def propose() -> Any:
        return proposed(cast, review=review, place=f"{mark} room of a poll.", agenda=f"{mark} agenda of a poll.")

    pieces.poll_open, pieces.poll_closed, pieces.poll_decided = propose(), propose(), propose()
    for poll in (pieces.poll_open, pieces.poll_closed, pieces.poll_decided):
        answer(cast.other_group_expert, poll, "yes no", note=f"{mark} note on a poll.")
    for poll in (pieces.poll_closed, pieces.poll_decided):
        answer(cast.expert, poll, "if_need_be yes")
    pick(cast.same_group_expert, pieces.poll_decided, 1)
    for poll in (pieces.poll_closed, pieces.poll_decided):
        poll.refresh_from_db()
