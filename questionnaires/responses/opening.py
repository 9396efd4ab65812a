"""The first reading of what was sent by a person of a reviewing State: from then on it is not recalled."""

from typing import Any

from django.utils import timezone

from accounts.people import Actor
from core.policy import PolicyRefusedError, refused
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.responses.policy import RECALLED
from reviews.capacities import capacity_of
from reviews.cases.enums import Side


def open_submission(reader: Actor, submission: ResponseSubmission | None, *, of_state: Any = None) -> None:
    """Note that a reviewing State opens the answers, where none has before; called before they are shown or used.

    The row of the response is what a recall locks: either the opening is there first, and the recall is refused, or who
    comes too late is told so by PolicyRefusedError. ``None``: there are no answers to open. ``of_state``: the key of a
    State that has read them elsewhere, where somebody else brings in what it wrote on them.
    """
    if submission is None or submission.brought_piece_id is not None or submission.response.opened_at is not None:
        return
    capacity = capacity_of(reader, submission.review)
    if capacity is not None and capacity.side == Side.REVIEWING:
        of_state = capacity.state_party_id
    if of_state is None:
        return
    as_sent = Response.objects.filter(pk=submission.response_id, status=ResponseStatus.SENT, sent_at=submission.sent_at)
    first = as_sent.filter(opened_at=None)
    if not first.update(opened_at=timezone.now(), opened_by=of_state) and not as_sent.exists():
        raise PolicyRefusedError(refused(RECALLED))
