"""Replies to written feedback: drafted in the room of the State under review, sent and recalled by its focal point."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.hashes import document_hash
from core.language.text import clean_markdown
from core.models.names import audit_name_of
from core.policy import require
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import FeedbackReply, WrittenFeedback
from dialogue.joint import open_feedback_for
from reviews.capacities import record_clearance
from reviews.cases import language_of, lock_with_review, tell
from reviews.cases.enums import News, Side
from reviews.drafts import (
    Shown,
    require_base,
    require_seen,
    require_shown,
    rewrite,
    shown_in_room,
    shown_on_table,
    take_back,
)
from reviews.participation import focal_points_of

_MAXIMUM = 50_000  # characters


@transaction.atomic
def draft_reply(
    *, actor: User, feedback: WrittenFeedback, feedback_sha256: str, text: str, base: int, shown: Shown
) -> FeedbackReply:
    """Draft what the State under review says to a feedback; whoever does so has opened that.

    ``feedback_sha256`` is of the feedback as the writer saw it, ``base`` the revision of the reply, 0 for none, and
    ``shown`` who was to read it. Raises ConflictError when a colleague saved since, or others would read it, and
    ServiceError where the feedback is another by now.
    """
    locked = _lock(feedback)
    require(actor, ExchangeAction.DRAFT_REPLY, locked)
    _require_as_read(locked, feedback_sha256)
    open_feedback_for(actor, locked)
    text = clean_markdown(text.strip(), maximum=_MAXIMUM)
    review, reply = locked.review, _reply_to(locked)
    require_shown(shown, shown_in_room(review, review.state_under_review_id), reply, base=base)
    if reply is None:
        require_base(reply, base)
        return FeedbackReply.objects.create(
            review=review,
            room_id=review.state_under_review_id,
            language=language_of(review),
            feedback=locked,
            text=text,
            written_by=actor,
        )
    if rewrite(reply, text, base, written_by=actor):
        reply.save()
    return reply


@transaction.atomic
def send_reply(
    *, actor: User, feedback: WrittenFeedback, feedback_sha256: str, base: int, number: int, shown: Shown
) -> FeedbackReply:
    """Send the drafted reply: it is frozen with its hash, and lies on the shared table from now on.

    ``feedback_sha256`` is of the feedback that the focal point saw, ``base`` the revision of the reply, ``number`` the
    sending that this would be (``next_number``), ``shown`` who reads it on the table. Raises ServiceError and
    ConflictError where something else holds by now, and where nothing is written.
    """
    locked = _lock(feedback)
    require(actor, ExchangeAction.SEND_REPLY, locked)
    _require_as_read(locked, feedback_sha256)
    reply = _reply_to(locked)
    if reply is None or not reply.text:
        raise ServiceError(_("Write the reply first."))
    require_seen(reply.revision, base)
    if number != reply.next_number:
        raise ServiceError(_("It was sent and recalled since you opened this page. Please look at it again."))
    review = locked.review
    require_shown(shown, shown_on_table(review), reply, base=base)
    reply.review, reply.feedback = review, locked
    reply.sha256 = document_hash(reply.document())
    reply.room, reply.sent_at, reply.times_sent = None, timezone.now(), number
    reply.recalled_at, reply.recall_reason = None, ""
    reply.save()
    record_clearance(
        focal_point=actor,
        review=review,
        document_type=audit_name_of(FeedbackReply),
        document_id=reply.pk,
        version=number,
        sha256=reply.sha256,
    )
    audit.record(actor, "dialogue.reply.sent", reply, after=_facts(reply))
    _tell(reply, News.REPLY_SENT)
    return reply


@transaction.atomic
def recall_reply(*, actor: User, reply: FeedbackReply, reason: str, number: int) -> FeedbackReply:
    """Take back what was sent, as long as nobody of a reviewing State has opened it: it is a draft again.

    ``number`` is the sending that the focal point was shown. Its hash and its clearance stay; the next sending has the
    next number. Raises ServiceError where it has been sent anew since.
    """
    locked = lock_with_review(reply, "feedback")
    require(actor, ExchangeAction.RECALL_REPLY, locked)
    audit.record(actor, "dialogue.reply.recalled", locked, after=_facts(locked))  # while it lies on the table
    take_back(locked, number=number, reason=reason)
    locked.room_id = locked.review.state_under_review_id
    locked.save()
    _tell(locked, News.REPLY_RECALLED, number=number)
    return locked


def _require_as_read(feedback: WrittenFeedback, sha256: str) -> None:
    if sha256 != feedback.sha256:
        raise ServiceError(_("The feedback has changed since you opened this page. Please look at it again."))


def _reply_to(feedback: WrittenFeedback) -> FeedbackReply | None:
    return FeedbackReply.objects.select_for_update(of=("self",)).filter(feedback=feedback).first()


def _facts(reply: FeedbackReply) -> dict[str, Any]:
    """What the record says of what stands, and no word of it."""
    return {"reviewing_state": reply.feedback.state_party.iso3, "sha256": reply.sha256, "number": reply.times_sent}


def _tell(reply: FeedbackReply, news: News, *, number: int = 0) -> None:
    """The focal points of the reviewing States, once for each sending."""
    people, key = focal_points_of(reply.review, Side.REVIEWING), f"{reply.pk}:{number or reply.times_sent}"
    args = (reply.feedback.state_party.iso3,)
    tell(people, reply.review, news, page="dialogue:feedback-detail", args=args, key=key)


def _lock(feedback: WrittenFeedback) -> WrittenFeedback:
    """With its review: a recall of the feedback waits, or is waited for."""
    return lock_with_review(feedback, "state_party")
