"""Extensions and pauses of a review: what is asked for, who has answered, whose word is missing."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import found
from core.policy import can
from reviews.agreement import Agreement, words_of
from reviews.capacities import capacity_of
from reviews.cases import without_words
from reviews.cases.enums import Grant, ReviewAction, TimeChangeKind, TimeChangeStatus
from reviews.cases.models import Review, ReviewMilestone, TimeChange
from reviews.dates.models import TimeChangeAnswer
from reviews.participation import focal_points_of
from reviews.visibility import states_taking_part


def time_changes_of(review: Review) -> QuerySet[TimeChange]:
    """All that was ever asked for, the latest first."""
    return (
        TimeChange.objects.filter(review=review)
        .select_related("milestone__plan", "asked_by", "asked_for", "recorded_by", "ended_by")
        .prefetch_related("answers__state_party", "answers__answered_by")
        .order_by("-asked_at")
    )


def get_time_change(review: Review, key: str) -> TimeChange:
    """One of a review that the caller has obtained for its reader. Raises Http404 when there is none."""
    change = found(time_changes_of(review).filter(pk=key).first())
    change.review = review
    return change


def agreement_on(change: TimeChange, states: Iterable[StateParty] | None = None) -> Agreement[TimeChangeAnswer]:
    """The words of the States on a request; the one that asks has agreed by that. ``states``, where they are known."""
    states = states or states_taking_part(change.review)
    return Agreement(words_of(states, change.answers.all(), not_waited_for={change.asked_for_id}))


def people_asked(change: TimeChange) -> list[User]:
    """The focal points of the States whose word on an open request is missing, each once."""
    return focal_points_of(change.review, states=agreement_on(change).missing)


def requests_waiting_for(user: User, review: Review) -> int:
    """How many extensions and pauses wait for the word of the State for which the reader clears; one query."""
    capacity = capacity_of(user, review)
    if capacity is None or not capacity.has(Grant.CLEAR):
        return 0
    said = TimeChangeAnswer.objects.filter(change=OuterRef("pk"), state_party=capacity.state_party_id)
    asked = TimeChange.objects.filter(review=review, status=TimeChangeStatus.ASKED).exclude(Exists(said))
    return asked.exclude(asked_for=capacity.state_party_id).count()


def open_request(review: Review, kind: TimeChangeKind, milestone: ReviewMilestone | None = None) -> TimeChange | None:
    """What is being asked for already: for the same milestone, or a pause."""
    asked = TimeChange.objects.filter(review=review, kind=kind, status=TimeChangeStatus.ASKED, milestone=milestone)
    return asked.first()


def milestone_of(review: Review, slug: str) -> ReviewMilestone:
    """A milestone of a review by its short name. Raises Http404 when there is none."""
    milestone = found(review.milestones.select_related("plan__step").filter(plan__slug=slug).first())
    milestone.review = review
    return milestone


def time_changes_for(reader: Actor, review: Review) -> list[TimeChange]:
    """All extensions and pauses that were ever asked for, the latest first; without words for who may not read them."""
    rows = time_changes_of(review)
    if can(reader, ReviewAction.READ_REASONS, review):
        return list(rows)
    answers = TimeChangeAnswer.objects.select_related("state_party", "answered_by").defer("note")
    rows = rows.prefetch_related(None).prefetch_related(Prefetch("answers", answers))
    changes = without_words(rows, "reason", "recorded_how")
    for change in changes:
        for answer in change.answers.all():
            answer.note = ""
    return changes
