"""How an observation came to be what it is, as far as its reader may know."""

from django.db.models import QuerySet

from accounts.people.models import User
from observations.texts.models import Observation, ObservationRevision
from reviews.capacities import capacity_of
from reviews.cases.models import Review


def unsent_observations(review: Review) -> QuerySet[Observation]:
    """The observations that lie in rooms, whoever asks."""
    return Observation.objects.filter(review=review, withdrawn_at=None).exclude(room=None)


def revisions_visible_to(user: User, observation: Observation) -> QuerySet[ObservationRevision]:
    """The saves of an observation that was obtained for ``user``, the last first.

    What was written before it was laid on the shared table stays with the State that drafted it.
    """
    revisions = observation.revisions.select_related("heading", "saved_by", "saved_for").order_by("-number")
    capacity = capacity_of(user, observation.review)
    if capacity is not None and capacity.state_party_id == observation.state_party_id:
        return revisions
    return revisions.filter(number__gte=observation.tabled_revision or observation.revision)
