"""The only ways to a review. A stranger finds nothing, so that a page answers 404."""

import datetime as dt

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from accounts.people import secretariat_role
from accounts.people.models import User
from accounts.states.models import StateParty
from core import context
from core.errors import found
from core.language.i18n import list_of
from reviews.cases.capacities import takes_part_with
from reviews.cases.enums import Grant
from reviews.cases.models import Participation, Review, ReviewingState, ReviewMilestone, StepChange
from reviews.cases.selectors.places import past
from reviews.programme.enums import StepKind, StepOwner
from reviews.programme.models import Instrument, Step, StepPlan

_KINDS = "kinds of the steps of a mechanism"
STEPS_BEFORE_ANSWERS = frozenset({StepKind.CONSULTATION, StepKind.QUESTIONNAIRE})


def reviews_visible_to(user: User) -> QuerySet[Review]:
    """All reviews for the secretariat; for everybody else those in which he or she takes part now."""
    reviews = Review.objects.all()
    if secretariat_role(user):
        return reviews
    return reviews.filter(takes_part_with(Grant.VIEW, user))


def get_review_for(user: User, mechanism: str, code: str) -> Review:
    """One review by its address. Raises Http404 when there is none or the user may not know of it."""
    kinds = Step.objects.filter(mechanism=OuterRef("mechanism")).order_by("order").values("kind")
    review = found(
        reviews_visible_to(user)
        .select_related("mechanism", "phase__cluster", "state_under_review", "step", "review_group", "officer")
        .filter(mechanism__slug=mechanism, code=code)
        .annotate(kinds_of_steps=ArraySubquery(kinds))
        .first()
    )
    context.keep((_KINDS, review.mechanism_id), review.kinds_of_steps)
    return review


def kinds_of_steps(review: Review) -> list[StepKind]:
    """The kinds of the steps of its mechanism, in their order; no query on a page of a review (``get_review_for``)."""
    rows = Step.objects.filter(mechanism=review.mechanism_id).order_by("order").values_list("kind", flat=True)
    kinds: list[str] = context.looked_up((_KINDS, review.mechanism_id), lambda: list(rows))
    return [StepKind(kind) for kind in kinds]


def lacks_step(review: Review, kind: StepKind) -> bool:
    """Whether its mechanism is known to have no step of a kind. Asks nothing: no where the page has not brought it."""
    return any(kind not in kinds for kinds in context.all_kept(_KINDS, review.mechanism_id))


def with_next_act(reviews: QuerySet[Review], *, with_later: bool = False) -> QuerySet[Review]:
    """Add ``next_due_on`` for sorting and filtering, and ``open_milestones`` for showing who owes what.

    That is the next one alone, or ``with_later`` all that are open, those of earlier steps included.
    """
    # Each plan and its step once, with their words in six languages, and not again with every milestone.
    plans = Prefetch("plan", StepPlan.objects.select_related("step"))
    rows = _open_milestones()
    if not with_later:
        rows = rows.filter(plan__step__order__gte=F("review__step__order"))
        rows = rows.order_by("review_id", "plan__order").distinct("review_id")
    rows = rows.defer("created_at", "updated_at").prefetch_related(plans)
    return reviews.annotate(next_due_on=next_milestone_of("due_on")).prefetch_related(
        Prefetch("milestones", rows, to_attr="open_milestones")
    )


def next_milestone_of(field: str) -> Subquery:
    """A field of a review's next milestone (see ``next_act``), for annotations."""
    due = _open_milestones().filter(review=OuterRef("pk"), plan__step__order__gte=OuterRef("step__order"))
    return Subquery(due.values(field)[:1])


def _open_milestones() -> QuerySet[ReviewMilestone]:
    return ReviewMilestone.objects.filter(reached_on=None).order_by("plan__order")


def for_list(reviews: QuerySet[Review], *, with_later: bool = False) -> QuerySet[Review]:
    """Everything that a row of a list shows, in a constant number of queries; ``with_later`` as above."""
    return (
        with_next_act(reviews, with_later=with_later)
        .select_related("mechanism", "phase", "state_under_review", "step")
        .prefetch_related(Prefetch("reviewing_states", ReviewingState.objects.select_related("state_party")))
    )


def for_detail(review: Review) -> Review:
    """The same review with everything that its page and the API show, in a constant number of queries."""
    return (
        with_next_act(Review.objects.filter(pk=review.pk), with_later=True)
        .select_related("mechanism", "phase__cluster", "state_under_review", "step", "review_group", "officer")
        .prefetch_related(
            "instruments",
            Prefetch("reviewing_states", reviewing_states_of(review)),
            Prefetch("milestones", timeline_of(review)),
        )
        .get()
    )


def next_act(review: Review) -> ReviewMilestone | None:
    """What is due, from whom, by when: the first open milestone of the review's step or of a later one.

    What an earlier step left open (a State that named no expert, say) is shown where it can be mended, and does not
    hide what the review waits for now. None when all is done.
    """
    return next((row for row in open_milestones(review) if row.plan.step.order >= review.step.order), None)


def open_milestones(review: Review) -> list[ReviewMilestone]:
    """Those not reached, in the order of the plan; without a query on a review of a list (``with_later``)."""
    milestones: list[ReviewMilestone] | None = getattr(review, "open_milestones", None)
    if milestones is None:
        milestones = list(_open_milestones().filter(review=review).select_related("plan__step"))
    return milestones


def debtor_names(review: Review, owner: str) -> str:
    """The States by name where some owe it and others do not. Reads ``review.reviewing_states``, best prefetched."""
    if owner == StepOwner.STATE_UNDER_REVIEW:
        return review.state_under_review.name
    if owner == StepOwner.REVIEWING_STATES:
        return list_of([row.state_party.name for row in review.reviewing_states.all()])
    return str(StepOwner(owner).label)


def overdue(reviews: QuerySet[Review], now: dt.datetime) -> QuerySet[Review]:
    """Those whose next milestone's indicative date has ended where it is owed (after ``with_next_act``)."""
    return past(reviews.annotate(next_owner=next_milestone_of("plan__owed_by")), now)


def untouched(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Those in which nothing has happened since they were opened, and nobody was ever registered.

    Where something was proposed for the consultations, something has happened.
    """
    has_moved = StepChange.objects.filter(review=OuterRef("pk"), from_step__isnull=False)
    reached = ReviewMilestone.objects.filter(review=OuterRef("pk"), reached_on__isnull=False)
    registered = Participation.objects.filter(review=OuterRef("pk"))
    proposed = Review.objects.filter(pk=OuterRef("pk"), proposals__isnull=False)
    return reviews.exclude(Exists(has_moved) | Exists(reached) | Exists(registered) | Exists(proposed))


def reviewing_states_of(review: Review) -> QuerySet[ReviewingState]:
    return review.reviewing_states.select_related("state_party").prefetch_related("instruments")


def timeline_of(review: Review) -> QuerySet[ReviewMilestone]:
    return review.milestones.select_related("plan__step").order_by("plan__order")


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
