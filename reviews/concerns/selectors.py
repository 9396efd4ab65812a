"""The private consultations in which the reader takes part; nobody finds any other."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.people import officers
from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.made_once import MadeOnce
from core.errors import found
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.cases.models import Review
from reviews.concerns.models import Concern, ConcernMessage, ConcernState
from reviews.visibility import states_taking_part


def concerns_visible_to(user: User, review: Review) -> QuerySet[Concern]:
    """With their States, and whether one ``waits`` for the reader's side: somebody else has written last.

    That is until the reader's State, or the officer, answers or has nothing to add, in a closed review too; nothing
    waits in a consultation that is closed.
    """
    capacity = capacity_of(user, review)
    side = capacity.state_party_id if capacity else None
    if capacity is not None and capacity.has(Grant.DRAFT):
        concerns = _of_side(review.pk, capacity.state_party_id)
    elif user.is_secretariat:
        concerns = Concern.objects.filter(review=review, officer=user)
    else:
        return Concern.objects.none()
    states = ConcernState.objects.select_related("state_party")
    return (
        _with_waits(concerns, side)
        .select_related("review__mechanism", "review__step", "review__state_under_review", "state_party", "officer")
        .prefetch_related(Prefetch("states", states))
        .order_by("-created_at")
    )


def _of_side(review: UUID, side: UUID) -> QuerySet[Concern]:
    return Concern.objects.filter(review=review, pk__in=ConcernState.objects.filter(state_party=side).values("concern"))


def _with_waits(concerns: QuerySet[Concern], side: UUID | None) -> QuerySet[Concern]:
    own = ConcernState.objects.filter(concern=OuterRef("concern"), state_party=side).values("settled_until")
    settled = Subquery(own) if side else F("concern__officer_settled_until")
    unsettled = Q(settled=None) | Q(created_at__gt=F("settled"))
    newer = ConcernMessage.objects.filter(concern=OuterRef("concern"), created_at__gt=OuterRef("created_at"))
    last = ConcernMessage.objects.filter(~Exists(newer), concern=OuterRef("pk")).annotate(settled=settled)
    by_others = ~Q(state_party=side) if side else Q(state_party__isnull=False)
    return concerns.annotate(waits=Q(closed_at=None) & Exists(last.filter(by_others, unsettled)))


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


def officers_asked_in(review: Review) -> QuerySet[User]:
    """Who is in charge of the review, and can be invited; nobody where nobody is."""
    return officers().filter(pk__in=Review.objects.filter(pk=review.pk).values("officer"))


def concerns_waiting_for(user: User, review: Review) -> int:
    """In how many consultations somebody else has had the last word, to which the reader's side may add something."""
    capacity = capacity_of(user, review)
    if capacity is not None and capacity.has(Grant.DRAFT):
        return len(_WAITING_FOR_SIDE.rows(review=review.pk, side=capacity.state_party_id))
    return _waiting(concerns_visible_to(user, review)).count()


def _waiting(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    return concerns.filter(waits=True)  # type: ignore[misc]  # an annotation


# On every page of a review, for each who writes there.
_WAITING_FOR_SIDE: MadeOnce[UUID] = MadeOnce(
    lambda review, side: _waiting(_with_waits(_of_side(review, side), side)).values_list("pk", flat=True)
)
