"""How an observation came to be what it is, as far as its reader may know."""

from django.db.models import QuerySet

from accounts.models import User
from reviews.models import Observation, ObservationRevision, PassageDraft, Review
from reviews.permissions import hat_of


def unsent_observations(review: Review) -> QuerySet[Observation]:
    """The observations that lie in rooms, whoever asks."""
    return Observation.objects.filter(review=review, withdrawn_at=None).exclude(room=None)


def unsent_passages(review: Review) -> QuerySet[PassageDraft]:
    """The passages of summaries that are drafted in rooms, whoever asks."""
    return PassageDraft.objects.filter(review=review)


def revisions_visible_to(user: User, observation: Observation) -> QuerySet[ObservationRevision]:
    """The saves of an observation that was obtained for ``user``, the last first.

    What was written before it was laid on the shared table stays with the State that drafted it.
    """
    revisions = observation.revisions.select_related("heading", "saved_by", "saved_for").order_by("-number")
    hat = hat_of(user, observation.review)
    if hat is not None and hat.state_party_id == observation.state_party_id:
        return revisions
    return revisions.filter(number__gte=observation.tabled_revision or observation.revision)
