"""What is written on the answers of a review, each piece at its place: a question, or an article as a whole."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.rendering import written_in
from core.language.word_counts import count_words
from dialogue.exchange import clarifications_visible_to, drafted_comments, feedback_visible_to
from dialogue.exchange.enums import FeedbackStatus
from dialogue.exchange.models import ClarificationRequest, FeedbackComment, WrittenFeedback
from dialogue.joint import author_words, open_feedback_for, takes_part_in
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import Clearance, Review
from reviews.drafts.models import SentPiece
from reviews.programme.models import Article

Key = TypeVar("Key")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class QuestionPlace:
    """A question of an instrument, or one of its articles where ``question`` is empty."""

    instrument: str
    question: str = ""
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What one State says in its written feedback at one place; ``author``: all of them, where it is joint."""

    place: QuestionPlace
    state_party: StateParty
    author: str
    text: str
    language: str
    is_draft: bool = False
    brought_piece: BroughtPiece | None = None
    written_at: dt.datetime | None = None
    is_replied_to: bool = False


@dataclass(frozen=True, slots=True)
class FeedbackOnDesk:
    """All written feedback that a reader may read, by State and by place.

    ``own`` is that of the reader's State; ``drafts`` are its comments until it is sent, those emptied again included.
    ``remarks`` are what was sent, and what other reviewing States draft where they share their room.
    """

    readable: Sequence[WrittenFeedback]
    own: WrittenFeedback | None
    drafts: Mapping[QuestionPlace, FeedbackComment]
    remarks: Mapping[QuestionPlace, Sequence[Remark]]

    def open(self, user: User, remarks: Iterable[Remark]) -> None:
        """What the feedback of other States says is shown to this reader: it is opened."""
        states = {remark.state_party.pk for remark in remarks if not remark.is_draft}
        for row in self.readable:
            if row.state_party_id in states:
                open_feedback_for(user, row)

    @property
    def words_at(self) -> dict[QuestionPlace, int]:
        """How long the feedback of the reader's State is at each place where it says anything."""
        texts = {place: row.text for place, row in self.drafts.items()}
        if self.own is not None and self.own.status == FeedbackStatus.SENT:
            texts = {remark.place: remark.text for remark in remarks_sent(self.own)}
        return {place: count_words(text) for place, text in texts.items() if text}


def feedback_on_desk(user: User, review: Review) -> FeedbackOnDesk:
    """Three queries at most, and one for each State in whose room the reader reads besides."""
    rows = list(feedback_visible_to(user, review))
    for row in rows:
        row.review = review
    own = next((row for row in rows if takes_part_in(user, row)), None)
    others = [row for row in rows if row != own or row.status == FeedbackStatus.SENT]
    remarks = [remark for row in others for remark in remarks_of(row)]
    drafts = {} if own is None or own.status == FeedbackStatus.SENT else drafts_of(own)
    return FeedbackOnDesk(rows, own, drafts, grouped((remark.place, remark) for remark in remarks))


def drafts_of(feedback: WrittenFeedback, *, is_covered: bool = True) -> dict[QuestionPlace, FeedbackComment]:
    """The comments of a draft by place; the caller has obtained the feedback for its reader.

    Those on instruments that the State reviews no longer by themselves (``is_covered`` false): they are not sent.
    """
    return {_place_of(row): row for row in drafted_comments(feedback, is_covered=is_covered)}


def remarks_of(feedback: WrittenFeedback) -> list[Remark]:
    """What it says, sent or not; the caller has obtained the feedback for its reader."""
    if feedback.status == FeedbackStatus.SENT:
        return remarks_sent(feedback)
    state, author = feedback.state_party, author_words(feedback)
    return [
        Remark(place, state, author, row.text, feedback.language, is_draft=True, written_at=row.updated_at)
        for place, row in drafts_of(feedback).items()
        if row.text
    ]


def remarks_sent(feedback: WrittenFeedback) -> list[Remark]:
    """What was sent, from the frozen document alone."""
    document, author = feedback.document or {"comments": []}, author_words(feedback)
    return [
        Remark(
            QuestionPlace(row["instrument"], row["question"], row["article"]),
            feedback.state_party,
            author,
            written_in(row["text"], feedback.rendered),
            feedback.language,
            brought_piece=feedback.brought_piece,
            written_at=feedback.sent_at,
            is_replied_to=getattr(feedback, "replied_at", None) is not None,
        )
        for row in document["comments"]
    ]


def clearance_of_piece(piece: SentPiece | None) -> Clearance | None:
    """By whom and when what stands was cleared; None while it is a draft, and of what nobody has cleared here."""
    if piece is None or piece.sent_at is None:
        return None
    cleared = Clearance.objects.filter(document_id=piece.pk, version=piece.times_sent, sha256=piece.sha256)
    return cleared.select_related("focal_point").first()


def word_count_of(texts: Iterable[Remark | FeedbackComment]) -> int:
    return sum(count_words(row.text) for row in texts)


def _place_of(comment: FeedbackComment) -> QuestionPlace:
    article = comment.article.number if comment.article else None
    return QuestionPlace(comment.instrument.slug, comment.question_code, article)


def clarifications_on_desk(user: User, review: Review, instrument: str) -> dict[str, list[ClarificationRequest]]:
    """The requests on the questions of one instrument, by question; with ``shown_answers``. Two queries."""
    requests = list(clarifications_visible_to(user, review).filter(instrument__slug=instrument))
    return grouped((request.question_code, request) for request in requests)


def articles_by_instrument(review: Review) -> dict[str, list[Article]]:
    """The articles under review, by instrument of the review. One query."""
    articles = review.articles.select_related("instrument").order_by("instrument__order", "number")
    return grouped((article.instrument.slug, article) for article in articles)


def grouped(pairs: Iterable[tuple[Key, T]]) -> dict[Key, list[T]]:
    """Lists of values by key, in the order in which they come."""
    lists: dict[Key, list[T]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return lists
