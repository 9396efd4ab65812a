"""Written feedback: drafted in the room of a reviewing State, cleared and sent by its focal point."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
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
from core.errors import ServiceError
from core.hashes import document_hash
from core.language.rendering import render_all
from core.language.text import clean_markdown
from core.models.names import audit_name_of
from core.policy import SystemActor, require
from core.time.dates import day_of
from dialogue.exchange import (
    articles_under_review,
    comments_of,
    drafted_comments,
    states_with_feedback_to_come,
    unread_words,
)
from dialogue.exchange.enums import ExchangeAction, FeedbackStatus
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.joint import (
    JOINT_FEEDBACK,
    all_have_cleared,
    authors_of,
    clear_for_own_state,
    clearances_of,
    feedback_begun,
    instruments_of,
    shown_of_feedback,
    states_of,
    undo_clearances,
)
from questionnaires.submissions import latest_submission, open_submission
from reviews.bringing.models import BroughtPiece
from reviews.capacities import record_clearance, require_capacity
from reviews.cases import language_of, limits_of, lock_review, lock_with_review, tell
from reviews.cases.enums import News, ReviewAction, Side
from reviews.cases.models import Review
from reviews.drafts import Shown, past_own, require_base, require_shown, rewrite, take_back
from reviews.opening import TeamChange
from reviews.participation import focal_points_of, participants_of
from reviews.programme import check_question_code
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.programme.models import Article, Instrument
from reviews.steps import advance_to_next, move_back, reach_milestone

FEEDBACK_FORMAT_VERSION = 1


def open_feedback(review: Review) -> None:
    """Give every reviewing State its room for the feedback, once the answers have been sent; or all of them one.

    A State whose instruments have no articles under review has nothing to read and owes no feedback. Whether they send
    one together is the rule of the mechanism where nothing was chosen for the review. What they write together lies in
    the room of one of them, which gives that one nothing more (docs/adr/0082).
    """
    owing = states_of(review)
    with opening_rooms():  # whoever sent the answers has no key to these rooms
        if review.feedback_is_joint is None and not WrittenFeedback.objects.filter(review=review).exists():
            review.feedback_is_joint = limits_of(review, JOINT_FEEDBACK).get(JOINT_FEEDBACK) == 1
            review.save(update_fields=["feedback_is_joint", "updated_at"])
        if review.feedback_is_joint and WrittenFeedback.objects.filter(review=review, is_joint=True).exists():
            return  # under whose name it is kept stays, whoever reviews by now
        for state in owing[:1] if review.feedback_is_joint else owing:
            WrittenFeedback.objects.get_or_create(
                review=review,
                state_party=state,
                is_joint=bool(review.feedback_is_joint),
                defaults={"room": state, "language": language_of(review)},
            )


@transaction.atomic
def choose_form(*, actor: User, review: Review, is_joint: bool) -> Review:
    """Set for one review whether its reviewing States send one feedback together, or one each.

    As long as nothing is written or sent: no text goes into another room by it. All who take part for a reviewing State
    are told. Raises ServiceError where it is so already, where no two States have anything to write, and where one has
    begun.
    """
    lock_review(review)
    require(actor, ReviewAction.SET_FEEDBACK_FORM, review)
    if review.feedback_is_joint == is_joint:
        raise ServiceError(_("It is set like this already."), field="form")
    if is_joint and len(states_of(review)) < 2:
        raise ServiceError(_("No two States have something to review here."), field="form")
    if feedback_begun(review):
        raise ServiceError(_("A reviewing State has begun to write: how feedback is sent stays."), field="form")
    before, review.feedback_is_joint = review.feedback_is_joint, is_joint
    review.save(update_fields=["feedback_is_joint", "updated_at"])
    if review.step.kind == StepKind.FEEDBACK:
        open_feedback(review)
    was, is_now = {"joint": before}, {"joint": is_joint}
    entry = audit.record(actor, "reviews.feedback.form_set", review, before=was, after=is_now)
    told = [participation.user for participation in participants_of(review).filter(side=Side.REVIEWING)]
    tell(told, review, News.FEEDBACK_FORM, page="dialogue:feedback-list", key=str(entry.pk))
    return review


def follow_team(actor: Actor, review: Review, _change: TeamChange) -> None:
    """After the team has changed: who has come writes its feedback too, and where nobody owes any the step is over.

    At a later step the feedback is closed: what was sent stays, and who comes takes part in what is being done.
    """
    if review.step.kind != StepKind.FEEDBACK:
        return
    open_feedback(review)
    if review.feedback_is_joint:
        _cancel_clearances(actor, review)
    if not states_with_feedback_to_come(review):
        reach_milestone(review, MilestoneKind.FEEDBACK, timezone.localdate())
        advance_to_next(actor, review)


def _cancel_clearances(actor: Actor, review: Review) -> None:
    """Who clears, and what is sent, is another by now."""
    for feedback in WrittenFeedback.objects.filter(review=review, is_joint=True, sent_at=None):
        feedback.review = review
        undo_clearances(actor, feedback)


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
    one of these that has arrived after all is no colleague's. A change of a joint feedback undoes what States have
    cleared.
    """
    locked = _lock(feedback)
    require(actor, ExchangeAction.DRAFT_FEEDBACK, locked)
    if instrument not in instruments_of(locked):
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
    require_shown(*_to_compare(shown, shown_of_feedback(locked)), comment, base=base)
    if comment is None or comment.text != text:
        undo_clearances(actor, locked)
    if comment is None:
        require_base(comment, base)
        return FeedbackComment.objects.create(
            feedback=locked, instrument=instrument, text=text, saved_by=actor, **place
        )
    if rewrite(comment, text, base, saved_by=actor):
        comment.save()
    return comment


def _to_compare(shown: Shown, now: Shown) -> tuple[Shown, Shown]:
    """Where no clearance stands any more a save undoes none, whatever the page has shown."""
    return (replace(shown, version=None) if now.version is None else shown), now


@transaction.atomic
def clear_feedback(*, actor: User, feedback: WrittenFeedback, sha256: str, number: int) -> WrittenFeedback:
    """Clear and send: freeze the comments, hash them, lay them on the shared table.

    ``sha256`` is that of the text which the focal point was shown (``hash_of_draft``), ``number`` the sending that this
    would be (``next_number``), and neither is left out. When every reviewing State has sent its feedback, the review
    moves on to the dialogue. A joint feedback is a draft until each of its States has cleared it as it stands: the last
    one sends it. Raises ServiceError where nothing is written, where a colleague has changed the text
    since, or where it was sent and recalled since.
    """
    locked = _lock(feedback)
    require(actor, ExchangeAction.CLEAR_FEEDBACK, locked)
    document = feedback_document(locked)
    if not document["comments"]:
        raise ServiceError(_("There is no text to send yet."))
    _freeze(locked, document)
    if sha256 != locked.sha256:
        raise ServiceError(_("The text has changed since you opened this page. Please look at it again."))
    if words := unread_words(actor, locked, sha256):
        raise ServiceError(words)
    if number != locked.next_number:
        raise ServiceError(_("It was sent and recalled since you opened this page. Please look at it again."))
    if locked.is_joint and not clear_for_own_state(actor, locked, sha256=sha256):
        feedback.refresh_from_db()
        return feedback
    _lay_on_table(locked)
    record_clearance(
        focal_point=actor,
        review=locked.review,
        document_type=audit_name_of(WrittenFeedback),
        document_id=locked.pk,
        version=number,
        sha256=locked.sha256,
    )
    audit.record(actor, "reviews.feedback.cleared", locked, after=_facts(locked))
    _tell_of_sending(actor, locked)
    _move_on(actor, locked.review, StateParty.objects.get(pk=require_capacity(actor, locked.review).state_party_id))
    feedback.refresh_from_db()
    return locked


@transaction.atomic
def send_as_cleared(actor: SystemActor, feedback: WrittenFeedback) -> bool:
    """Send a joint draft that waits for no State any more, as a worker; whether it was sent."""
    locked = _lock(feedback)
    if locked.sent_at is not None or locked.review.step.kind != StepKind.FEEDBACK:
        return False
    _freeze(locked, feedback_document(locked))
    if not all_have_cleared(locked, locked.sha256):
        return False
    _lay_on_table(locked)
    audit.record(actor, "reviews.feedback.sent_as_cleared", locked, after=_facts(locked))
    _tell_of_sending(actor, locked)
    _move_on(actor, locked.review, None)
    return True


def _freeze(locked: WrittenFeedback, document: dict[str, object]) -> None:
    locked.document, locked.sha256 = document, document_hash(document)
    locked.rendered = render_all(comment.text for comment in _to_send(locked))


def _lay_on_table(locked: WrittenFeedback) -> None:
    locked.times_sent, locked.recalled_at, locked.recall_reason = locked.next_number, None, ""
    locked.status, locked.room, locked.sent_at = FeedbackStatus.SENT, None, timezone.now()
    locked.second_reader = None
    locked.save()


def _tell_of_sending(actor: Actor, locked: WrittenFeedback) -> None:
    review, key = locked.review, f"{locked.pk}:{locked.times_sent}"
    told, args = focal_points_of(review, Side.UNDER_REVIEW), (locked.state_party.iso3,)
    tell(told, review, News.FEEDBACK_SENT, page="dialogue:feedback-detail", args=args, key=key)
    _tell_authors(actor, locked, News.JOINT_SENT, key)


def _move_on(actor: Actor, review: Review, state: StateParty | None) -> None:
    """To the dialogue, where no feedback is to come any more."""
    if not states_with_feedback_to_come(review):
        reach_milestone(review, MilestoneKind.FEEDBACK, timezone.localdate())
        advance_to_next(actor, review, acting_for=state)


def _tell_authors(actor: Actor, feedback: WrittenFeedback, news: News, key: str) -> None:
    """Of a joint feedback the focal points of the other States whose it is."""
    if feedback.is_joint:
        told, args = focal_points_of(feedback.review, Side.REVIEWING), (feedback.state_party.iso3,)
        tell(told, feedback.review, news, page="dialogue:feedback-detail", args=args, key=key, but=actor)


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
        state = StateParty.objects.get(pk=require_capacity(actor, review).state_party_id)
        move_back(actor, review, StepKind.FEEDBACK, undone=MilestoneKind.FEEDBACK, acting_for=state)
    told, key = focal_points_of(review, Side.UNDER_REVIEW), f"{locked.pk}:{number}"
    tell(told, review, News.FEEDBACK_RECALLED, page="dialogue:feedback-list", key=key)
    _tell_authors(actor, locked, News.JOINT_RECALLED, key)
    feedback.refresh_from_db()
    return locked


def _facts(feedback: WrittenFeedback) -> dict[str, Any]:
    """What the record says of what stands; of a joint one, for which States it was cleared."""
    facts: dict[str, Any] = {"sha256": feedback.sha256, "number": feedback.times_sent}
    if feedback.is_joint:
        facts["states"] = sorted(row.state_party.iso3 for row in clearances_of(feedback))
    return facts


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
    feedback = _lock(WrittenFeedback.objects.get(review=review, state_party=state, is_joint=False))
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
        **authors_of(feedback),
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
    """With its review: two States that send at once wait for each other.

    Raises ServiceError where it was set meanwhile that feedback is sent another way: nothing was written in this one.
    """
    locked = lock_with_review(feedback, "state_party")
    if locked.is_joint != bool(locked.review.feedback_is_joint):
        raise ServiceError(_("It was set meanwhile how the reviewing States send their feedback. Open it anew."))
    return locked
