"""Threads of messages: one that is drafted, one with a draft of another State below it, and one that is closed."""

from typing import Any

from dialogue.asides.services import begin_aside
from dialogue.threads.services import close_thread
from reviews.cases.models import Review
from tests.dialogue.threads.threads import begin, now, recall, release, reply
from tests.utils import Cast


def plant_threads(pieces: Any, review: Review, cast: Cast, mark: str) -> None:
    speaker, expert = cast.same_group_focal_point, cast.same_group_expert
    pieces.message_draft = begin(expert, review, f"{mark} drafted message.")
    pieces.message_released = release(speaker, begin(expert, review, f"{mark} released message."))
    reply(cast.expert, pieces.message_released, f"{mark} drafted message below.")
    closed = release(speaker, begin(expert, review, f"{mark} message on the system.", "legal_system", "-"))
    pieces.thread_closed = close_thread(actor=speaker, thread=now(closed), seen=1)
    about = {"subject": "legal_system", "key": "-", "text": f"{mark} internal note."}
    pieces.aside = begin_aside(actor=expert, review=review, mention=speaker.pk, **about)
    if not review.reviewers_share_room:
        again = release(cast.focal_point, begin(cast.expert, review, f"{mark} recalled message.", "review", "-"))
        reason = f"{mark} reason of a recalled message."
        pieces.message_recalled = recall(cast.focal_point, again, reason=reason)
