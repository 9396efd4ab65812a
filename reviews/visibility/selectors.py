"""The only ways to a review. A stranger finds nothing, so that a page answers 404."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, QuerySet, When

from accounts.people import secretariat_role
from accounts.people.models import User
from accounts.states.models import StateParty
from core import context
from core.database.made_once import MadeOnce
from core.errors import found
from reviews.capacities import takes_part_with
from reviews.cases.enums import Grant
from reviews.cases.models import Participation, Review, ReviewingState, StepChange
from reviews.programme.enums import StepKind
from reviews.programme.models import Instrument, Step

_KINDS = "kinds of the steps of a mechanism"
_COVERING = "covering"  # under which words ``core.context`` keeps them
STEPS_BEFORE_ANSWERS = frozenset({StepKind.CONSULTATION, StepKind.QUESTIONNAIRE})


def reviews_visible_to(user: User) -> QuerySet[Review]:
    """All reviews for the secretariat; for everybody else those in which he or she takes part now."""
    return Review.objects.all() if secretariat_role(user) else reviews_taken_part_in(user.pk)


def reviews_taken_part_in(person: UUID) -> QuerySet[Review]:
    """Those in which the person with this key takes part now, for queries that are made once."""
    return Review.objects.filter(takes_part_with(Grant.VIEW, person))


def acted_in_for(reviews: QuerySet[Review], user: User, state: UUID) -> QuerySet[Review]:
    """Those of ``reviews`` in which the person takes part now for the State with this key."""
    own = Participation.objects.filter(user=user, ended_at=None, state_party=state)
    return reviews.filter(pk__in=own.values("review"))


def get_review_for(user: User, mechanism: str, code: str) -> Review:
    """One review by its address. Raises Http404 when there is none or the user may not know of it."""
    if secretariat_role(user):
        review = found(_ANY_REVIEW.first(mechanism=mechanism, code=code))
    else:
        review = found(_OWN_REVIEW.first(person=user.pk, mechanism=mechanism, code=code))
    context.keep((_KINDS, review.mechanism_id), review.kinds_of_steps)  # type: ignore[attr-defined]
    return review


def _at(reviews: QuerySet[Review], mechanism: str, code: str) -> QuerySet[Review]:
    """The one of these at an address, with all that its pages say of it in their head."""
    kinds = Step.objects.filter(mechanism=OuterRef("mechanism")).order_by("order").values("kind")
    return (
        reviews.select_related("mechanism", "phase__cluster", "state_under_review", "step", "review_group", "officer")
        .filter(mechanism__slug=mechanism, code=code)
        .annotate(kinds_of_steps=ArraySubquery(kinds))
        .order_by()
    )


def _any_at(mechanism: str, code: str) -> QuerySet[Review]:
    return _at(Review.objects.all(), mechanism, code)


def _own_at(person: UUID, mechanism: str, code: str) -> QuerySet[Review]:
    return _at(reviews_taken_part_in(person), mechanism, code)


_ANY_REVIEW: MadeOnce[Review] = MadeOnce(_any_at)
_OWN_REVIEW: MadeOnce[Review] = MadeOnce(_own_at)


def kinds_of_steps(review: Review) -> list[StepKind]:
    """The kinds of the steps of its mechanism, in their order; no query on a page of a review (``get_review_for``)."""
    rows = Step.objects.filter(mechanism=review.mechanism_id).order_by("order").values_list("kind", flat=True)
    kinds: list[str] = context.looked_up((_KINDS, review.mechanism_id), lambda: list(rows))
    return [StepKind(kind) for kind in kinds]


def lacks_step(review: Review, kind: StepKind) -> bool:
    """Whether its mechanism is known to have no step of a kind. Asks nothing: no where the page has not brought it."""
    return any(kind not in kinds for kinds in context.all_kept(_KINDS, review.mechanism_id))


def reviewing_states_of(review: Review) -> QuerySet[ReviewingState]:
    return review.reviewing_states.select_related("state_party").prefetch_related("instruments")


def covering_of(review: Review) -> dict[UUID, set[UUID]]:
    """For each instrument, by key, the keys of the reviewing States that cover it; one query for each review."""
    found: dict[UUID, set[UUID]] = context.looked_up((_COVERING, review.pk), lambda: _covering([review])[review.pk])
    return found


def remember_covering(reviews: Iterable[Review]) -> None:
    """Look this up for all of these reviews at once; one query."""
    for review_id, covering in _covering(reviews).items():
        context.keep((_COVERING, review_id), covering)


def instruments_with_covering(review: Review) -> Sequence[Instrument]:
    """The instruments of a review in their order; who covers which is known from then on. One query."""
    own = ReviewingState.objects.filter(review=review, instruments=OuterRef("pk"))
    rows = list(instruments_of(review).annotate(covering=ArraySubquery(own.values("state_party"))))
    context.keep((_COVERING, review.pk), {row.pk: set(row.covering) for row in rows if row.covering})
    return rows


def _covering(reviews: Iterable[Review]) -> dict[UUID, dict[UUID, set[UUID]]]:
    by_review: dict[UUID, dict[UUID, set[UUID]]] = {review.pk: {} for review in reviews}
    rows = ReviewingState.instruments.through.objects.filter(reviewingstate__review__in=by_review)
    names = ("reviewingstate__review_id", "instrument_id", "reviewingstate__state_party_id")
    for review_id, instrument, state in rows.values_list(*names):
        by_review[review_id].setdefault(instrument, set()).add(state)
    return by_review


def step_changes_of(review: Review) -> QuerySet[StepChange]:
    """How the review came to where it stands, the latest first."""
    return review.step_changes.select_related("from_step", "to_step", "actor", "acting_for").order_by("-at")


def states_taking_part(review: Review) -> QuerySet[StateParty]:
    """The State under review first, then those that review."""
    reviewing = review.reviewing_states.values("state_party")
    takes_part = Q(pk=review.state_under_review_id) | Q(pk__in=reviewing)
    first = Case(When(pk=review.state_under_review_id, then=0), default=1)
    return StateParty.objects.filter(takes_part).annotate(place=first).order_by("place", "iso3")


def get_state_taking_part(review: Review, iso3: str) -> StateParty:
    """A State of a review that the caller has obtained. Raises Http404 for one that takes no part."""
    return found(states_taking_part(review).filter(iso3=iso3).first())


def instruments_of(review: Review) -> QuerySet[Instrument]:
    return review.instruments.order_by("order")


def states_of(review: Review) -> list[StateParty]:
    """Of a review of a list: the State under review first, without a query."""
    return [review.state_under_review, *(row.state_party for row in review.reviewing_states.all())]


def has_begun(review: Review) -> bool:
    """Whether the answers have been sent, so that there is an exchange between the States."""
    return review.step.kind not in STEPS_BEFORE_ANSWERS
