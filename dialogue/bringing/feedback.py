"""What a file of feedback would be on the shared table, what stands in its way, and laying it there."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import looking_past_rooms
from core.documents.reading import read_written
from core.errors import ServiceError, found
from core.hashes import document_hash
from core.jobs.making import Tell
from core.language.rendering import render_all
from core.time.dates import moment_on
from dialogue.bringing.passages import FeedbackPassage, KnownPlaces, checked, passages_of, unpacked
from dialogue.desk import articles_by_instrument
from dialogue.exchange import comments_of, instruments_covered_by, states_with_feedback_to_come
from dialogue.exchange.enums import FeedbackStatus
from dialogue.exchange.models import WrittenFeedback
from dialogue.feedback import FEEDBACK_FORMAT_VERSION, receive_brought_feedback
from questionnaires.definitions import index_of
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import get_submission, latest_submission
from reviews.bringing import mark_brought_in
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.cases import lock_review
from reviews.cases.models import Review, ReviewingState
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism
from reviews.visibility import STEPS_BEFORE_ANSWERS, has_begun


def states_with_feedback_to_bring(mechanism: Mechanism) -> QuerySet[ReviewingState]:
    """Reviewing States of reviews that were brought in with their answers, but for those that have sent theirs here.

    Each with ``has_brought``: whether feedback of it is brought in.
    """
    sent = WrittenFeedback.objects.filter(review=OuterRef("review"), state_party=OuterRef("state_party"), room=None)
    rows = ReviewingState.objects.filter(review__mechanism=mechanism, review__is_brought_in=True)
    rows = rows.exclude(review__step__kind__in=STEPS_BEFORE_ANSWERS)
    rows = rows.filter(Exists(ResponseSubmission.objects.filter(review=OuterRef("review"))))
    rows = rows.exclude(Exists(sent.filter(brought_piece=None)))
    rows = rows.annotate(has_brought=Exists(sent)).select_related("state_party", "review__state_under_review")
    return rows.select_related("review__step").order_by("review__code", "state_party__iso3")


def get_place_to_bring(mechanism: str, code: str, iso3: str) -> tuple[Review, StateParty]:
    """A review and one of its reviewing States. Raises Http404 where there is none; the caller asks the policy."""
    rows = ReviewingState.objects.filter(review__mechanism__slug=mechanism, review__code=code, state_party__iso3=iso3)
    row = found(rows.select_related("state_party", *_OF_REVIEW).first())
    return row.review, row.state_party


_OF_REVIEW = ("review__mechanism", "review__step", "review__phase__cluster", "review__state_under_review")


def obstacle_to(review: Review, state: StateParty) -> str:
    """Why no feedback of a State can be brought in; empty where it can."""
    if not review.is_brought_in:
        return _("This review runs in the portal, where its States send their feedback.")
    if not has_begun(review):
        return _("By its step, no feedback was sent in this review. Bring in its step and dates first.")
    if latest_submission(review) is None:
        return _("The answers of this review are not there. Bring them in first: feedback is on answers.")
    if review.feedback_is_joint:
        return _("The reviewing States of this review send joint feedback, which is written in the portal.")
    with looking_past_rooms():
        feedback = WrittenFeedback.objects.filter(review=review, state_party=state, is_joint=False).first()
        is_written_here = feedback is not None and comments_of(feedback).exists()
    if feedback is None:
        return _("This State owes no written feedback in this review.")
    if feedback.brought_piece is not None and feedback.brought_piece.word != StateWord.OBJECTED:
        return _(
            "Feedback of this State is brought in already. Another file is accepted where the State objects to it."
        )
    if is_written_here or (feedback.status == FeedbackStatus.SENT and feedback.brought_piece is None):
        return _("This State writes its feedback in the portal: nothing is brought in over that.")
    return ""


def known_places(review: Review, state: StateParty) -> KnownPlaces:
    """Where a State may write. Raises Http404 where no answers are there."""
    submission = get_submission(review)
    covered = instruments_covered_by(review, state.pk)
    names: dict[str, str] = {}
    for instrument in covered:
        fields = [each.attname for each in instrument._meta.concrete_fields]
        words = [getattr(instrument, name) for name in fields if name.startswith(("name", "short_name", "slug"))]
        names |= {" ".join(word.split()).casefold(): instrument.slug for word in words if word}
    index = index_of(submission.response.version_id)
    places = index.applicable_sections(submission.document["party_to"])
    return KnownPlaces(
        names=names,
        questions={
            item.code: place.part.instrument
            for place in places
            for item in place.section.items
            if place.part.instrument in names.values()
        },
        articles={slug: {row.number for row in rows} for slug, rows in articles_by_instrument(review).items()},
    )


def read_feedback(name: str, content: bytes, known: KnownPlaces) -> list[FeedbackPassage]:
    """The passages of a file, each with what is wrong with it. Raises ServiceError for the file as a whole."""
    return passages_of(read_written(name, content), known)


def review_of(file: BroughtFile) -> Review:
    """Raises ValueError for a file of another kind."""
    if file.review is None:
        raise ValueError("feedback belongs to a review")
    return file.review


def state_of(file: BroughtFile) -> StateParty:
    return StateParty.objects.get(pk=UUID(file.content["state"]))


def passages_now(file: BroughtFile) -> list[FeedbackPassage]:
    return checked(unpacked(file.content["passages"]), known_places(review_of(file), state_of(file)))


def document_from(file: BroughtFile, passages: Sequence[FeedbackPassage]) -> dict[str, Any]:
    """What would be frozen: by instrument, what is said of it as a whole, then articles, then questions."""
    review, state = review_of(file), state_of(file)
    instruments = {row.slug: place for place, row in enumerate(instruments_covered_by(review, state.pk))}
    printed = {code: place for place, code in enumerate(known_places(review, state).questions)}

    def order(passage: FeedbackPassage) -> tuple[int, ...]:
        kind = 2 if passage.question else int(passage.article is not None)
        return instruments[passage.instrument], kind, passage.article or printed.get(passage.question, 0)

    comments = [
        {"instrument": each.instrument, "question": each.question, "article": each.article, "text": each.text}
        for each in sorted(passages, key=order)
    ]
    return {
        "format_version": FEEDBACK_FORMAT_VERSION,
        "review": review.code,
        "mechanism": review.mechanism.slug,
        "reviewing_state": state.iso3,
        "language": file.content["language"],
        "comments": comments,
        "brought_in": {"file_sha256": file.sha256, "sent_on": file.content["sent_on"]},
    }


def as_feedback(file: BroughtFile, document: dict[str, Any]) -> WrittenFeedback:
    """The same as what would lie on the table, kept nowhere."""
    return WrittenFeedback(
        review=review_of(file),
        state_party=state_of(file),
        status=FeedbackStatus.SENT,
        language=document["language"],
        document=document,
        rendered=render_all(comment["text"] for comment in document["comments"]),
    )


def moves_on(file: BroughtFile) -> bool:
    """Whether the review goes on to the next step, since all other reviewing States have sent theirs."""
    review = review_of(file)
    to_come = {state.pk for state in states_with_feedback_to_come(review)}
    return review.step.kind == StepKind.FEEDBACK and to_come <= {state_of(file).pk}


def seen_by(file: BroughtFile, document: dict[str, Any]) -> str:
    """The fingerprint of what a person is shown."""
    return document_hash({**document, "moves_on": moves_on(file)})


def seen_of_feedback(file: BroughtFile) -> str:
    if obstacle_to(review_of(file), state_of(file)):
        return ""
    passages = passages_now(file)
    if any(passage.problems for passage in passages):
        return ""
    return seen_by(file, document_from(file, passages))


def place_of_feedback(piece: BroughtPiece) -> str:
    """Where the feedback is read."""
    iso3 = piece.state_party.iso3 if piece.state_party else ""
    return reverse("dialogue:feedback-detail", args=[piece.review.mechanism.slug, piece.review.code, iso3])


def address_of_feedback(file: BroughtFile) -> str:
    return reverse("dialogue:bringing-file", args=[file.mechanism.slug, file.pk])


def carry_out_feedback(actor: User, file: BroughtFile, tell: Tell) -> None:
    """Lay the feedback on the shared table, marked. Raises ServiceError where something stands in the way by now."""
    state = state_of(file)
    review, _state = get_place_to_bring(file.mechanism.slug, review_of(file).code, state.iso3)
    lock_review(review)
    if obstacle := obstacle_to(review, state):
        raise ServiceError(obstacle)
    piece = mark_brought_in(file=file, review=review, checked_by=actor, state=state)
    receive_brought_feedback(
        actor=actor,
        review=review,
        state=state,
        document=document_from(file, passages_now(file)),
        piece=piece,
        sent_at=moment_on(dt.date.fromisoformat(file.content["sent_on"])),
    )
    tell(1)
