"""The private consultations in which the reader takes part; nobody finds any other."""

from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from accounts.people import secretariat_role
from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import found
from reviews.cases import capacity_of, states_taking_part
from reviews.cases.enums import Grant
from reviews.cases.models import Review
from reviews.concerns.models import Concern, ConcernMessage, ConcernState

_OFFICERS = frozenset({SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR})


def concerns_visible_to(user: User, review: Review) -> QuerySet[Concern]:
    """With their States, and ``last_state``: whose the last message is, None for the secretariat."""
    capacity, concerns = capacity_of(user, review), Concern.objects.filter(review=review)
    if capacity is not None and capacity.has(Grant.DRAFT):
        concerns = concerns.filter(
            pk__in=ConcernState.objects.filter(state_party=capacity.state_party_id).values("concern")
        )
    elif secretariat_role(user) in _OFFICERS and review.officer_id == user.pk:
        concerns = concerns.filter(with_secretariat=True)
    else:
        return concerns.none()
    messages = ConcernMessage.objects.filter(concern=OuterRef("pk")).order_by("-created_at")
    states = ConcernState.objects.select_related("state_party")
    return (
        concerns.select_related("review__mechanism", "review__step", "review__state_under_review", "state_party")
        .prefetch_related(Prefetch("states", states))
        .annotate(last_state=Subquery(messages.values("state_party")[:1]))
        .order_by("-created_at")
    )


def get_concern_for(user: User, review: Review, key: UUID) -> Concern:
    """Raises Http404 for everybody who does not take part."""
    return found(concerns_visible_to(user, review).filter(pk=key).first())


def messages_of(concern: Concern) -> QuerySet[ConcernMessage]:
    """The oldest first; the caller has obtained the consultation."""
    return concern.messages.select_related("state_party", "written_by").order_by("created_at")


def others_in(user: User, review: Review) -> QuerySet[StateParty]:
    """The States of the review but for the reader's own."""
    capacity = capacity_of(user, review)
    states = states_taking_part(review)
    return states.exclude(pk=capacity.state_party_id) if capacity else states


def concerns_waiting_for(user: User, review: Review) -> int:
    """In how many open consultations somebody else has had the last word."""
    capacity = capacity_of(user, review)
    own = capacity.state_party_id if capacity else None
    return sum(
        row.closed_at is None and row.last_state != own  # type: ignore[attr-defined]  # an annotation
        for row in concerns_visible_to(user, review).prefetch_related(None)
    )
