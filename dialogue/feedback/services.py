"""Written feedback: drafted in the room of a reviewing State, cleared and sent by its focal point."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.database.identity import opening_rooms
from core.errors import ConflictError, ServiceError
from core.hashes import document_hash
from core.language.rendering import render_all
from core.language.text import clean_markdown
from core.models.names import audit_name_of
from core.policy import require
from core.time.dates import day_of
from dialogue.exchange import (
    articles_under_review,
    comments_of,
    drafted_comments,
    instruments_covered_by,
    states_with_feedback_to_come,
    unread_words,
)
from dialogue.exchange.enums import ExchangeAction, FeedbackStatus
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from questionnaires.submissions import latest_submission, open_submission
from reviews.bringing.models import BroughtPiece
from reviews.capacities import record_clearance
from reviews.cases import language_of, lock_with_review, tell
from reviews.cases.enums import News, Side
from reviews.cases.models import Review
from reviews.drafts import Shown, check_base, past_own, require_shown, shown_of, take_back
from reviews.opening import TeamChange
from reviews.participation import focal_points_of
from reviews.programme import check_question_code
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.programme.models import Article, Instrument
from reviews.steps import advance_to_next, move_back, reach_milestone

FEEDBACK_FORMAT_VERSION = 1


def open_feedback(review: Review) -> None:
    """Give every reviewing State its room for the feedback, once the answers have been sent.

    A State whose instruments have no articles under review has nothing to read and owes no feedback.
    """
    owing = review.reviewing_states.filter(instruments__articles__reviews=review).distinct()
    with opening_rooms():  # whoever sent the answers has no key to these rooms
        for reviewing_state in owing:
            WrittenFeedback.objects.get_or_create(
                review=review,
                state_party_id=reviewing_state.state_party_id,
                defaults={"room_id": reviewing_state.state_party_id, "language": language_of(review)},
            )


def follow_team(actor: Actor, review: Review, _change: TeamChange) -> None:
    """After the team has changed: who has come writes its feedback too, and where nobody owes any the step is over.

    At a later step the feedback is closed: what was sent stays, and who comes takes part in what is being done.
    """
    if review.step.kind != StepKind.FEEDBACK:
        return
    open_feedback(review)
    if not states_with_feedback_to_come(review):
        reach_milestone(review, MilestoneKind.FEEDBACK, timezone.localdate())
        advance_to_next(actor, review)


@transaction.atomic
def save_comment(
    *,
    actor: User,
    feedback: WrittenFeedback,
    instrument: Instrument,
    text: str,
    base: int,
    shown: Shown,
    question_code: str = "",
    article: Article | None = None,
    lost: Sequence[str] = (),
) -> FeedbackComment:
    """Save what the State writes on one question, or on one article where no question is named.

    ``base`` is the revision that the writer saw, 0 for none, ``shown`` who was to read it. Raises ConflictError when
    a colleague saved since or others would read it, and ServiceError where the State does not review this instrument,
    or the article is not under review. ``lost`` are texts that the writer sent on that same revision without a reply:
    one of these that has arrived after all is no colleague's.
    """
    locked = _lock(feedback)
    require(actor, ExchangeAction.DRAFT_FEEDBACK, locked)
    if instrument not in instruments_covered_by(locked.review, locked.state_party_id):
        raise ServiceError(_("Your State does not review this instrument."), field="text")
    text = clean_markdown(text)
    place: dict[str, object]
    if question_code:
        place = {"question_code": check_question_code(question_code), "article": None}
    elif article in articles_under_review(locked.review, instrument):
        place = {"question_code": "", "article": article}
    else:
        raise ServiceError(_("Choose among the articles under review."), field="text")
    comment = FeedbackComment.objects.select_for_update(of=("self",)).filter(feedback=locked, **place).first()
    base = past_own(comment, base, lost, is_own=comment is not None and comment.saved_by_id == actor.pk)
    require_shown(shown, shown_of(locked), comment, base=base)
    if comment is None:
        if base:
            raise ConflictError(_("This text is not there any more."), current="", revision=0)
        return FeedbackComment.objects.create(
            feedback=locked, instrument=instrument, text=text, saved_by=actor, **place
        )
    if check_base(comment, text, base):
        comment.text, comment.saved_by = text, actor
        comment.revision += 1
        comment.save()
    return comment


@transaction.atomic
def clear_feedback(*, actor: User, feedback: WrittenFeedback, sha256: str, number: int) -> WrittenFeedback:
    """Clear and send: freeze the comments, hash them, lay them on the shared table.

    ``sha256`` is that of the text which the focal point was shown (``hash_of_draft``), ``number`` the sending that this
    would be (``next_number``), and neither is left out. When every reviewing State has sent its feedback, the review
    moves on to the dialogue. Raises ServiceError where nothing is written, where a colleague has changed the text
    since, or where it was sent and recalled since.
    """
    locked = _lock(feedback)
    require(actor, ExchangeAction.CLEAR_FEEDBACK, locked)
    document = feedback_document(locked)
    if not document["comments"]:
        raise ServiceError(_("There is no text to send yet."))
    review = locked.review
    locked.document, locked.sha256 = document, document_hash(document)
    locked.rendered = render_all(comment.text for comment in _to_send(locked))
    if sha256 != locked.sha256:
        raise ServiceError(_("The text has changed since you opened this page. Please look at it again."))
    if words := unread_words(actor, locked, sha256):
        raise ServiceError(words)
    if number != locked.next_number:
        raise ServiceError(_("It was sent and recalled since you opened this page. Please look at it again."))
    locked.status, locked.room, locked.sent_at = FeedbackStatus.SENT, None, timezone.now()
    locked.times_sent, locked.recalled_at, locked.recall_reason = number, None, ""
    locked.second_reader = None
    locked.save()
    record_clearance(
        focal_point=actor,
        review=review,
        document_type=audit_name_of(WrittenFeedback),
        document_id=locked.pk,
        version=number,
        sha256=locked.sha256,
    )
    audit.record(actor, "reviews.feedback.cleared", locked, after=_facts(locked))
    told, args, key = focal_points_of(review, Side.UNDER_REVIEW), (locked.state_party.iso3,), f"{locked.pk}:{number}"
    tell(told, review, News.FEEDBACK_SENT, page="dialogue:feedback-detail", args=args, key=key)
    if not states_with_feedback_to_come(review):
        reach_milestone(review, MilestoneKind.FEEDBACK, timezone.localdate())
        advance_to_next(actor, review, acting_for=StateParty.objects.get(pk=locked.state_party_id))
    feedback.refresh_from_db()
    return locked


@transaction.atomic
def recall_feedback(*, actor: User, feedback: WrittenFeedback, reason: str, number: int, step: str) -> WrittenFeedback:
    """Take back what was sent, as long as nobody of another State has opened it: the State drafts it again.

    ``number`` is the sending that the focal point was shown, ``step`` that at which the review stood. Its hash and
    clearance stay; the next sending has the next number. Where the review had moved on to the dialogue, it stands at
    the step of the feedback again. The lock keeps out whoever is about to open it (``open_piece``). Raises
    ServiceError where it has been sent anew since, or the review has moved.
    """
    locked = _lock(feedback)
    require(actor, ExchangeAction.RECALL_FEEDBACK, locked)
    facts, review = _facts(locked), locked.review
    if step != review.step.slug:
        raise ServiceError(
            _("The review has come to another step since you opened this page. Please look at it again.")
        )
    audit.record(actor, "reviews.feedback.recalled", locked, after=facts)  # while it lies on the table
    take_back(locked, number=number, reason=reason)
    locked.status, locked.room_id = FeedbackStatus.DRAFT, locked.state_party_id
    locked.document, locked.rendered = None, {}
    locked.save()
    if review.step.kind != StepKind.FEEDBACK:
        move_back(actor, review, StepKind.FEEDBACK, undone=MilestoneKind.FEEDBACK, acting_for=locked.state_party)
    told, key = focal_points_of(review, Side.UNDER_REVIEW), f"{locked.pk}:{number}"
    tell(told, review, News.FEEDBACK_RECALLED, page="dialogue:feedback-list", key=key)
    feedback.refresh_from_db()
    return locked


def _facts(feedback: WrittenFeedback) -> dict[str, Any]:
    """What the record says of what stands."""
    return {"sha256": feedback.sha256, "number": feedback.times_sent}


def receive_brought_feedback(
    *,
    actor: User,
    review: Review,
    state: StateParty,
    document: dict[str, Any],
    piece: BroughtPiece,
    sent_at: dt.datetime,
) -> WrittenFeedback:
    """Lay feedback on the shared table that a State had sent elsewhere; a worker's work.

    Nobody has cleared it here: it carries the piece that says so. Where it is the last to come, the review moves on.
    The caller has asked the policy, holds the review and has checked the text. Raises ServiceError where something was
    written here, which stays in its room.
    """
    feedback = _lock(WrittenFeedback.objects.get(review=review, state_party=state))
    if comments_of(feedback).exists() or (feedback.sent_at is not None and feedback.brought_piece is None):
        raise ServiceError(_("This State writes its feedback in the portal: nothing is brought in over that."))
    feedback.document, feedback.sha256, feedback.language = document, document_hash(document), document["language"]
    feedback.rendered = render_all(comment["text"] for comment in document["comments"])
    feedback.status, feedback.room, feedback.sent_at = FeedbackStatus.SENT, None, sent_at
    feedback.brought_piece, feedback.second_reader = piece, None
    feedback.recalled_at, feedback.recall_reason = None, ""
    feedback.save()
    open_submission(actor, latest_submission(review), of_state=state.pk)
    after = {"sha256": feedback.sha256, "file_sha256": piece.sha256}
    audit.record(actor, "reviews.feedback.brought_in", feedback, after=after)
    if review.step.kind == StepKind.FEEDBACK and not states_with_feedback_to_come(review):
        reach_milestone(review, MilestoneKind.FEEDBACK, _last_day(review))
        advance_to_next(actor, review)
    return feedback


def _last_day(review: Review) -> dt.date:
    """The day on which the last feedback was sent, here or elsewhere."""
    rows = WrittenFeedback.objects.filter(review=review)
    sent = [(row.sent_at, row.brought_piece_id) for row in rows if row.sent_at]
    return max(day_of(at) if brought else timezone.localdate(at) for at, brought in sent)


def hash_of_draft(feedback: WrittenFeedback) -> str:
    """SHA-256 of the feedback as it would be sent now."""
    return document_hash(feedback_document(feedback))


def feedback_document(feedback: WrittenFeedback) -> dict[str, object]:
    """What is frozen when the feedback is sent: every comment that holds text, in the order of the instruments.

    One on an instrument that the State reviews no longer stays in the room, unsent (record 56).
    """
    return {
        "format_version": FEEDBACK_FORMAT_VERSION,
        "review": feedback.review.code,
        "mechanism": feedback.review.mechanism.slug,
        "reviewing_state": feedback.state_party.iso3,
        "language": feedback.language,
        "comments": [
            {
                "instrument": comment.instrument.slug,
                "question": comment.question_code,
                "article": comment.article.number if comment.article else None,
                "text": comment.text,
            }
            for comment in _to_send(feedback)
        ],
    }


def _to_send(feedback: WrittenFeedback) -> QuerySet[FeedbackComment]:
    return drafted_comments(feedback).exclude(text="")


def _lock(feedback: WrittenFeedback) -> WrittenFeedback:
    """With its review: two States that send at once wait for each other."""
    return lock_with_review(feedback, "state_party")
