"""What the State of a participant has in hand, for whoever takes over: nothing here belongs to another State."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from accounts.people.models import User
from accounts.states.models import StateParty
from dialogue.exchange import feedback_visible_to
from dialogue.exchange.enums import ClarificationStatus, FeedbackStatus
from dialogue.exchange.models import (
    ClarificationAnswer,
    ClarificationRequest,
    FeedbackComment,
    FeedbackReply,
    SupplementaryInformation,
    WrittenFeedback,
)
from dialogue.threads.models import DialogueMessage
from observations.suggestions.models import Suggestion
from observations.texts import states_agreeing, texts_visible_to
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, ObservationRevision, SummaryPassage
from observations.translations.models import TranslationOrder
from observations.versions import agreements_on_texts
from reviews.capacities import Capacity
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.drafts import in_own_room
from reviews.minutes.enums import NotesStatus
from reviews.minutes.models import MeetingNotes
from reviews.nominations.models import Nomination


def predecessors_of(participations: Iterable[Participation]) -> dict[UUID, Participation]:
    """From whom each participation was taken over, by its key; one query.

    A State has one focal point at a time, so that each follows the one before. Anybody else takes over from a person
    whose participation in the same role ended in the moment in which the new one began, or whom a note verbale names.
    """
    rows = list(participations)
    noted = Nomination.objects.filter(replaces=OuterRef("pk"), participation__isnull=False)
    ended = list(
        Participation.objects.filter(review__in={row.review_id for row in rows}, ended_at__isnull=False)
        .select_related("user")
        .annotate(successor=Subquery(noted.values("participation")[:1]))
        .order_by("ended_at")
    )
    return {row.pk: before for row in rows for before in ended if _follows(row, before)}


def _follows(row: Participation, before: Participation) -> bool:
    if before.successor == row.pk:  # type: ignore[attr-defined]  # an annotation
        return True
    same = ("review_id", "state_party_id", "role")
    if any(getattr(row, name) != getattr(before, name) for name in same) or row.user_id == before.user_id:
        return False
    if before.ended_at is None or before.ended_at > row.started_at:
        return False
    return row.role == ParticipationRole.FOCAL_POINT or before.ended_at == row.started_at


@dataclass(frozen=True, slots=True)
class Unsent:
    """What lies in the room of the reader's State; ``comments`` are those of its feedback that hold text.

    ``orders``: of translations, which go on whoever acts for the State.
    """

    feedback: WrittenFeedback | None
    comments: int
    requests: Sequence[ClarificationRequest]
    answers: Sequence[ClarificationAnswer]
    replies: Sequence[FeedbackReply]
    supplements: Sequence[SupplementaryInformation]
    observations: Sequence[Observation]
    summaries: Sequence[AgreedText]
    suggestions: Sequence[Suggestion]
    notes: Sequence[MeetingNotes]
    messages: Sequence[DialogueMessage]
    orders: Sequence[TranslationOrder]


def unsent_of(user: User, review: Review, capacity: Capacity) -> Unsent:
    """A constant number of queries. Summaries lie on the shared table: those that the State drafts with others."""
    feedback = feedback_visible_to(user, review).filter(status=FeedbackStatus.DRAFT)
    feedback = feedback.filter(Q(is_joint=True) | Q(state_party=capacity.state_party_id))
    own = feedback.annotate(written=Count("comments", filter=~Q(comments__text=""))).first()
    observations = in_own_room(Observation.objects.filter(withdrawn_at=None), user, review)
    running = TranslationOrder.objects.filter(ended_at=None)
    return Unsent(
        feedback=own,
        comments=own.written if own else 0,
        requests=list(in_own_room(ClarificationRequest.objects.all(), user, review)),
        answers=list(in_own_room(ClarificationAnswer.objects.select_related("request"), user, review)),
        replies=_replies(user, review) if capacity.side == Side.UNDER_REVIEW else [],
        supplements=list(in_own_room(SupplementaryInformation.objects.all(), user, review)),
        observations=list(observations.select_related("agreed_text__instrument", "heading")),
        summaries=_summaries(user, review, capacity),
        suggestions=list(in_own_room(Suggestion.objects.select_related("agreed_text__instrument"), user, review)),
        notes=list(in_own_room(MeetingNotes.objects.select_related("meeting"), user, review)),
        messages=list(in_own_room(_messages(), user, review)),
        orders=list(in_own_room(running.select_related("translator").defer("document", "words"), user, review)),
    )


def _messages() -> QuerySet[DialogueMessage]:
    """With who began the thread of each, and without their words."""
    rows = DialogueMessage.objects.select_related("thread__state_party")
    return rows.defer("text", "text_html", "thread__text", "thread__text_html")


def _replies(user: User, review: Review) -> list[FeedbackReply]:
    return list(in_own_room(FeedbackReply.objects.select_related("feedback__state_party"), user, review))


def _summaries(user: User, review: Review, capacity: Capacity) -> list[AgreedText]:
    """With ``passage_count``."""
    if capacity.side != Side.REVIEWING:
        return []
    texts = texts_visible_to(user, review, TextKind.SUMMARY).filter(status=TextStatus.DRAFTING)
    counted = texts.annotate(passage_count=Count("passages"))
    return [text for text in counted if capacity.state_party_id in states_agreeing(review, text.instrument_id)]


@dataclass(frozen=True, slots=True)
class AwaitedActs:
    """Requests for clarification that were sent, and versions under consideration, by who is to act next."""

    requests_for_us: Sequence[ClarificationRequest]
    requests_for_others: Sequence[ClarificationRequest]
    versions_to_clear: Sequence[AgreedText]
    versions_with_others: Sequence[AgreedText]


def waiting_on(user: User, review: Review, capacity: Capacity) -> AwaitedActs:
    """Threads in which the reader's State is one of the two. A constant number of queries."""
    sent = ClarificationRequest.objects.filter(
        review=review, room=None, status__in=[ClarificationStatus.ASKED, ClarificationStatus.ANSWERED]
    ).select_related("state_party")
    is_asking = capacity.side == Side.REVIEWING
    threads = list(sent.filter(state_party=capacity.state_party_id) if is_asking else sent)
    ours = ClarificationStatus.ANSWERED if is_asking else ClarificationStatus.ASKED
    own = capacity.state_party or StateParty.objects.get(pk=capacity.state_party_id)
    proposed = [
        row
        for row in agreements_on_texts([review], {review.pk: [own]})[review.pk]
        if row.text.status == TextStatus.PROPOSED and own in row.parties
    ]
    return AwaitedActs(
        requests_for_us=[row for row in threads if row.status == ours],
        requests_for_others=[row for row in threads if row.status != ours],
        versions_to_clear=[row.text for row in proposed if row.waits_for(own.pk)],
        versions_with_others=[row.text for row in proposed if row.answer_of(own.pk)],
    )


@dataclass(frozen=True, slots=True)
class Touched:
    """What one person was the last to save, for the State for which he or she took part."""

    comments: QuerySet[FeedbackComment]
    requests: QuerySet[ClarificationRequest]
    answers: QuerySet[ClarificationAnswer]
    replies: QuerySet[FeedbackReply]
    supplements: QuerySet[SupplementaryInformation]
    observations: QuerySet[Observation]
    passages: QuerySet[SummaryPassage]
    suggestions: QuerySet[Suggestion]
    notes: QuerySet[MeetingNotes]


def last_saved_by(before: Participation, since: dt.datetime) -> Touched:
    """What the person of an ended participation saved last, of what has not changed since; nothing of other States."""
    review, state, user = before.review_id, before.state_party_id, before.user_id
    is_reviewing = before.side == Side.REVIEWING
    own = {"updated_at__gte": since}
    saves = ObservationRevision.objects.filter(number=F("observation__revision"), saved_by=user, created_at__gte=since)
    answers = ClarificationAnswer.objects.filter(review=review, written_by=user, **own).select_related("request")
    replies = FeedbackReply.objects.filter(review=review, written_by=user, **own)
    replies = replies.select_related("feedback__state_party")
    supplements = SupplementaryInformation.objects.filter(review=review, added_by=user, **own)
    passages = SummaryPassage.objects.filter(agreed_text__review=review, saved_by=user, **own)
    return Touched(
        comments=FeedbackComment.objects.filter(
            Q(feedback__state_party=state) | Q(feedback__is_joint=True), feedback__review=review, saved_by=user, **own
        ).select_related("instrument", "article", "feedback__state_party"),
        requests=ClarificationRequest.objects.filter(review=review, state_party=state, written_by=user, **own),
        answers=answers.none() if is_reviewing else answers,
        replies=replies.none() if is_reviewing else replies,
        supplements=supplements.none() if is_reviewing else supplements,
        observations=Observation.objects.filter(
            review=review, state_party=state, withdrawn_at=None, pk__in=saves.values("observation")
        ).select_related("agreed_text__instrument", "heading"),
        passages=passages.select_related("agreed_text__instrument", "heading") if is_reviewing else passages.none(),
        suggestions=Suggestion.objects.filter(
            review=review, state_party=state, written_by=user, decided_at=None, **own
        ).select_related("agreed_text__instrument"),
        notes=MeetingNotes.objects.filter(review=review, drafted_for=state, saved_by=user, **own)
        .exclude(status=NotesStatus.AGREED)
        .select_related("meeting"),
    )
