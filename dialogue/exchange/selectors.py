"""What the States exchange: written feedback, requests for clarification, supplementary information."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core import context
from core.database.identity import looking_past_rooms
from core.database.made_once import MadeOnce
from core.errors import found
from dialogue.exchange.enums import (
    EARLY_SUBJECTS,
    ClarificationStatus,
    ClarificationSubject,
    FeedbackStatus,
    SupplementKind,
)
from dialogue.exchange.models import (
    ClarificationAnswer,
    ClarificationRequest,
    FeedbackComment,
    FeedbackReading,
    FeedbackReply,
    SupplementaryInformation,
    WrittenFeedback,
)
from reviews.capacities import EXCHANGE_KINDS, Capacity, capacity_of
from reviews.cases import limits_of
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Review, ReviewingState
from reviews.drafts import get_piece, in_own_room, readable
from reviews.lists import paused_on
from reviews.programme.enums import StepKind
from reviews.programme.models import Article, Instrument

# The limit that says how many persons have to have read feedback before it is sent: none, or one besides.
SECOND_READER = "feedback_second_reader"
_WAITING = "requests waiting"  # under which word ``core.context`` keeps them
_OF_REVIEW = ("review__mechanism", "review__step", "review__state_under_review", "state_party")


def feedback_visible_to(user: User, review: Review) -> QuerySet[WrittenFeedback]:
    """The reader's own State's draft, and what other States have sent; ``replied_at``: when a reply to it was."""
    replies = FeedbackReply.objects.filter(feedback=OuterRef("pk"), room=None)
    rows = feedback_of(review).select_related("state_party", "brought_piece")
    rows = rows.annotate(replied_at=Subquery(replies.values("sent_at")[:1]))
    return rows if review.feedback_is_joint and writes_jointly(user, review) else readable(rows, user, review)


def feedback_of(review: Review) -> QuerySet[WrittenFeedback]:
    """That of each reviewing State, or the joint one: what the way that was chosen for the review gives."""
    return WrittenFeedback.objects.filter(review=review, is_joint=bool(review.feedback_is_joint))


def writes_jointly(user: User, review: Review) -> bool:
    """Whether the reader reads, where feedback is joint, what all reviewing States draft."""
    capacity = capacity_of(user, review)
    return capacity is not None and capacity.side == Side.REVIEWING and capacity.has(Grant.READ)


def get_feedback_for(user: User, review: Review, iso3: str) -> WrittenFeedback:
    """The feedback of one reviewing State. Raises Http404 for a draft of another State."""
    related = (*_OF_REVIEW, "brought_piece__brought_by", "brought_piece__checked_by", "opened_by", "second_reader")
    rows = feedback_of(review).select_related(*related)
    if review.feedback_is_joint and writes_jointly(user, review):
        return found(rows.filter(state_party__iso3=iso3).first())
    return get_piece(rows, user, review, state_party__iso3=iso3)


def readings_of(user: User, feedback: WrittenFeedback) -> list[FeedbackReading]:
    """What people of the reader's own State said of its draft before it was sent, the last first."""
    readings = FeedbackReading.objects.filter(feedback=feedback).select_related("read_by")
    return list(in_own_room(readings, user, feedback.review))


def unread_words(user: User, feedback: WrittenFeedback, sha256: str) -> str:
    """Why a draft may not be sent by this person, where the mechanism asks for a second reader; empty otherwise.

    Somebody else has to have read exactly what would be sent, and the last to do so has nothing to add.
    """
    if feedback.is_joint or not limits_of(feedback.review, SECOND_READER).get(SECOND_READER):
        return ""
    last = next(
        (row for row in readings_of(user, feedback) if row.sha256 == sha256 and row.read_by_id != user.pk), None
    )
    if last is None:
        return _("Nobody else of your State has read the feedback as it stands now, which the rules ask for.")
    return (
        ""
        if last.is_fine
        else _("The second reader asks you to look again. Change the feedback, or have it read anew.")
    )


def reply_to(user: User, feedback: WrittenFeedback) -> FeedbackReply | None:
    """The reply, if it was sent or the reader's State drafts it; the caller has obtained the feedback."""
    replies = FeedbackReply.objects.filter(feedback=feedback).select_related("written_by", "opened_by")
    reply = readable(replies, user, feedback.review).first()
    if reply is not None:
        reply.review, reply.feedback = feedback.review, feedback
    return reply


def own_feedback(user: User, review: Review) -> WrittenFeedback | None:
    """The feedback that the reader's State drafts or has sent; None for everybody else."""
    capacity = capacity_of(user, review)
    if capacity is None:
        return None
    rows = feedback_visible_to(user, review).select_related(*_OF_REVIEW)
    if review.feedback_is_joint:
        return rows.first() if capacity.side == Side.REVIEWING else None
    return rows.filter(state_party=capacity.state_party_id).first()


def comments_of(feedback: WrittenFeedback) -> QuerySet[FeedbackComment]:
    """The comments that hold text, articles first within an instrument; the caller has obtained the feedback."""
    return feedback.comments.exclude(text="").select_related("instrument", "article", "saved_by")


def drafted_comments(feedback: WrittenFeedback, *, is_covered: bool = True) -> QuerySet[FeedbackComment]:
    """Those on what its State reviews now, emptied ones too; otherwise the rest, which can neither be changed nor sent.

    There is such a rest where a draw has changed the State's instruments (record 56).
    """
    reviewing = ReviewingState.objects.filter(review=feedback.review_id)
    if not feedback.is_joint:
        reviewing = reviewing.filter(state_party=feedback.state_party_id)
    here = Q(instrument__in=reviewing.values("instruments"))
    comments = feedback.comments.filter(here if is_covered else ~here)
    return comments.select_related("instrument", "article", "saved_by")


def states_with_feedback_to_come(review: Review) -> list[StateParty]:
    """Who has not sent its feedback yet, which all States of the review may know: read past the rooms.

    Of a State that reviews no longer nothing is to come. A joint one is told by the State under whose name it is kept.
    """
    with looking_past_rooms():
        rows = feedback_of(review).filter(Q(is_joint=True) | Q(state_party__in=_reviewing_now(review)), sent_at=None)
        return [row.state_party for row in rows.select_related("state_party")]


def _reviewing_now(review: Review) -> QuerySet[StateParty]:
    return StateParty.objects.filter(reviews_performed__review=review)


def feedback_states(review: Review) -> tuple[int, int]:
    """How many reviewing States have sent their feedback, and how many are to send it: read past the rooms."""
    counted = Q(sent_at__isnull=False) | Q(is_joint=True) | Q(state_party__in=_reviewing_now(review))
    with looking_past_rooms():
        rows = feedback_of(review).filter(counted)
        counts = rows.aggregate(sent=Count("sent_at"), all=Count("pk"))
    return counts["sent"], counts["all"]


def instruments_covered_by(review: Review, state_party_id: UUID) -> list[Instrument]:
    """The instruments on which a reviewing State reviews, in their order."""
    of_state = ReviewingState.objects.filter(review=review, state_party=state_party_id)
    return list(Instrument.objects.filter(reviewing_states__in=of_state).order_by("order"))


def articles_under_review(review: Review, instrument: Instrument) -> QuerySet[Article]:
    """The articles of an instrument that are reviewed for this State, as they were written at the opening."""
    return review.articles.filter(instrument=instrument).order_by("number")


def unsent_comments(review: Review) -> QuerySet[FeedbackComment]:
    """What reviewing States have written, each for itself, in feedback that is not sent, whoever asks; as below."""
    drafts = {"feedback__status": FeedbackStatus.DRAFT, "feedback__is_joint": False}
    own = {"feedback__state_party__in": review.reviewing_states.values("state_party")}
    return FeedbackComment.objects.filter(feedback__review=review, **drafts, **own).exclude(text="")


def unsent_requests(review: Review) -> QuerySet[ClarificationRequest]:
    """The requests for clarification that reviewing States have not sent, whoever asks; not of one that has left."""
    drafts = ClarificationRequest.objects.filter(review=review, status=ClarificationStatus.DRAFT)
    return drafts.filter(state_party__in=review.reviewing_states.values("state_party"))


def feedback_sent_by(reviews: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """Keys of the reviews at the step of feedback, and of the States that have none to send: read past the rooms.

    Theirs was sent; or they came at a later step, and a recall has moved the review back: they have none to write. Of
    joint feedback those that have cleared it, as far as the asker may know: the secretariat does not.
    """
    written = WrittenFeedback.objects.filter(review=OuterRef("review"))
    drafts = written.filter(is_joint=False, state_party=OuterRef("state_party"), status=FeedbackStatus.DRAFT)
    at_step = ReviewingState.objects.filter(review__in=reviews, review__step__kind=StepKind.FEEDBACK)
    joint = Q(review__feedback_is_joint=True)
    with looking_past_rooms():
        done = at_step.filter(joint | Exists(written) & ~Exists(drafts))
        rows = list(done.values_list("review", "state_party", "review__feedback_is_joint"))
    found = [(review, state) for review, state, is_joint in rows if not is_joint]
    if len(found) == len(rows):
        return found
    cleared = Q(
        joint_clearances__state_party=OuterRef("state_party"),
        joint_clearances__undone_at=None,
        joint_clearances__number=F("times_sent") + 1,
    )
    by_all = written.filter(Q(status=FeedbackStatus.SENT) | cleared, is_joint=True)
    return found + list(at_step.filter(joint, Exists(by_all)).values_list("review", "state_party"))


def clarifications_visible_to(user: User, review: Review, *subjects: str) -> QuerySet[ClarificationRequest]:
    """Requests on these subjects, or on questions where none is named, with ``shown_answers``: at most one, where the
    reader may read it.
    """
    about = subjects or [ClarificationSubject.QUESTION]
    answers = readable(ClarificationAnswer.objects.select_related("source"), user, review)
    return (
        readable(ClarificationRequest.objects.filter(subject__in=about), user, review)
        .select_related(*_OF_REVIEW, "instrument", "written_by", "follows")
        .prefetch_related(Prefetch("answers", answers, to_attr="shown_answers"))
    )


def get_clarification_for(user: User, review: Review, pk: UUID) -> ClarificationRequest:
    """Raises Http404 for a draft of another State."""
    requests = ClarificationRequest.objects.select_related(*_OF_REVIEW, "instrument", "written_by", "follows")
    return get_piece(requests, user, review, pk=pk)


def answer_shown_to(user: User, request: ClarificationRequest) -> ClarificationAnswer | None:
    """The answer, if it was sent or the reader's State drafts it."""
    return readable(ClarificationAnswer.objects.filter(request=request), user, request.review).first()


def open_clarifications(reviews: Iterable[Review]) -> defaultdict[UUID, frozenset[UUID]]:
    """Keys of the requests on questions that were sent and are neither answered nor closed, by review; one query."""
    found: defaultdict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    sent = ClarificationRequest.objects.filter(room=None, subject=ClarificationSubject.QUESTION)
    rows = sent.filter(review__in=[review.pk for review in reviews], status=ClarificationStatus.ASKED)
    for review, key in rows.values_list("review", "pk"):
        found[review] |= {key}
    return found


def dated_requests(today: dt.date) -> QuerySet[ClarificationRequest]:
    """All that were sent with a day by which to answer, and wait for that, whoever's: for the worker that reminds.

    In an agreed pause nobody is reminded.
    """
    rows = ClarificationRequest.objects.filter(status=ClarificationStatus.ASKED, due_on__isnull=False)
    open_early = Q(subject__in=EARLY_SUBJECTS) & ~Q(review__step__kind=StepKind.CLOSING)
    rows = rows.filter(open_early | Q(review__step__kind__in=EXCHANGE_KINDS)).exclude(review__in=paused_on(today))
    return rows.select_related("review__mechanism").order_by("pk")


def requests_waiting_for(user: User, review: Review, *, is_early: bool = False) -> int:
    """How many requests wait for the reader's State: for its answer, or for it to look at the answer.

    Those on questions, or those that are asked from the first day (``is_early``). None where there is no exchange, or
    where the reader writes for no State. One query a page.
    """
    capacity = capacity_of(user, review)
    kinds = set(StepKind) - {StepKind.CLOSING} if is_early else EXCHANGE_KINDS
    if capacity is None or not capacity.has(Grant.DRAFT) or review.step.kind not in kinds:
        return 0
    waiting = context.looked_up((_WAITING, user.pk, review.pk), lambda: _count_waiting(capacity, review))
    return sum(number for subject, number in waiting.items() if ClarificationSubject(subject).is_open_early == is_early)


def _count_waiting(capacity: Capacity, review: Review) -> dict[str, int]:
    if capacity.side == Side.UNDER_REVIEW:
        return dict(_ASKED.rows(review=review.pk))
    return dict(_ANSWERED_TO.rows(review=review.pk, state=capacity.state_party_id))


def _counted(review: UUID, **waiting: Any) -> QuerySet[ClarificationRequest, Any]:
    sent = ClarificationRequest.objects.filter(review=review, room=None, **waiting)
    return sent.order_by().values_list("subject").annotate(number=Count("pk"))


_ASKED: MadeOnce[tuple[str, int]] = MadeOnce(lambda review: _counted(review, status=ClarificationStatus.ASKED))
_ANSWERED_TO: MadeOnce[tuple[str, int]] = MadeOnce(
    lambda review, state: _counted(review, status=ClarificationStatus.ANSWERED, state_party=state)
)


def supplements_visible_to(user: User, review: Review, *kinds: str) -> QuerySet[SupplementaryInformation]:
    """Those of these kinds, or the sources where none is named."""
    supplements = SupplementaryInformation.objects.filter(kind__in=kinds or [SupplementKind.SOURCE])
    related = ("added_by", "review__mechanism", "review__step", "of_answer__request")
    return readable(supplements.select_related(*related), user, review)


def get_supplement_for(user: User, review: Review, pk: UUID) -> SupplementaryInformation:
    """Raises Http404 for what has not been sent, to all but the State under review."""
    related = ("review__mechanism", "review__step", "of_answer__request")
    supplements = SupplementaryInformation.objects.select_related(*related)
    return get_piece(supplements, user, review, pk=pk)
