"""The first reading of a version by a person of a reviewing State: from then on that version is not recalled."""

from typing import Any

from django.db.models import Q

from accounts.people import Actor
from core.policy import PolicyRefusedError, refused
from questionnaires.responses import RECALLED
from questionnaires.responses.models import Response, ResponseSubmission
from reviews.drafts import note_opening, opener_of


def open_submission(reader: Actor, submission: ResponseSubmission | None, *, of_state: Any = None) -> None:
    """Note that a reviewing State opens the answers, where none has before; called before they are shown or used.

    The row of the response is what a recall locks: either the opening is there first, and the recall is refused, or who
    comes too late is told so by PolicyRefusedError. A version that stood before opens nothing of the one that stands.
    ``None``: there are no answers to open. ``of_state``: the key of a State that has read them elsewhere, where
    somebody else brings in what it wrote on them.
    """
    if submission is None or submission.brought_piece_id is not None or _is_noted(submission):
        return
    of_state = opener_of(reader, submission.review, submission.review.state_under_review_id) or of_state
    if of_state is None:
        return
    stands = Response.objects.filter(pk=submission.response_id).exclude(sent_at=None)
    stands = stands.exclude(recalled_numbers__contains=[submission.number])
    first = stands.filter(Q(opened_sent_at=None) | Q(opened_sent_at__lt=submission.sent_at))
    if not note_opening(first, of_state, opened_sent_at=submission.sent_at) and not stands.exists():
        raise PolicyRefusedError(refused(RECALLED))


def _is_noted(submission: ResponseSubmission) -> bool:
    """Whether it is known already that this version, or one after it, was opened."""
    noted = submission.response.opened_sent_at
    return noted is not None and noted >= submission.sent_at
