"""Whose share of an act that several States owe is done."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max

from reviews.enums import FeedbackStatus, StepKind
from reviews.models import ConsultationConfirmation, ConsultationProposal, Participation, WrittenFeedback


def reviews_with_share_done(participations: Iterable[Participation]) -> set[UUID]:
    """Keys of the reviews in which the State of the participation waits for the others; at most three queries.

    That is: it has confirmed the standing proposal during the consultations, or has sent its feedback at that step.
    """
    states = {row.review_id: row.state_party_id for row in participations}
    return {review for review, state in shares_done(states) if states[review] == state}


def shares_done(reviews: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """The same for many reviews: keys of the review and of a State that waits for the others in it."""
    reviews = list(reviews)
    sent = WrittenFeedback.objects.filter(
        review__in=reviews, status=FeedbackStatus.SENT, review__step__kind=StepKind.FEEDBACK
    )
    last = (
        ConsultationProposal.objects.filter(review__in=reviews, review__step__kind=StepKind.CONSULTATION)
        .values("review")
        .annotate(last=Max("number"))
        .values_list("review", "last")
    )
    standing = dict(last)
    confirmed = ConsultationConfirmation.objects.filter(proposal__review__in=standing).values_list(
        "proposal__review", "proposal__number", "state_party"
    )
    return set(sent.values_list("review", "state_party")) | {
        (review, state) for review, number, state in confirmed if standing[review] == number
    }
