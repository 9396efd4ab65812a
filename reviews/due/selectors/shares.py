"""Whose share of an act that several States owe is done."""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from reviews.cases.models import Participation

Share = tuple[UUID, UUID]
_KINDS: list[Callable[[Collection[UUID]], Iterable[Share]]] = []


def register_shares(kind: Callable[[Collection[UUID]], Iterable[Share]]) -> None:
    """Register a kind of act that several States owe; called from declarations.

    ``kind`` gives, for keys of reviews, those of a review and of a State whose share of the act that is due is done.
    """
    _KINDS.append(kind)


def reviews_with_share_done(participations: Iterable[Participation]) -> set[UUID]:
    """Keys of the reviews in which the State of the participation waits for the others; at most three queries.

    That is: it has confirmed the standing proposal during the consultations, or has sent its feedback at that step.
    """
    states = {row.review_id: row.state_party_id for row in participations}
    return {review for review, state in shares_done(states) if states[review] == state}


def shares_done(reviews: Iterable[UUID]) -> set[Share]:
    """The same for many reviews: keys of the review and of a State that waits for the others in it."""
    reviews = list(reviews)
    return {share for kind in _KINDS for share in kind(reviews)}
