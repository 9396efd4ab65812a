"""Extensions and pauses of a review: what is asked for, who has answered, whose word is missing."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import StateParty, User
from reviews.enums import ParticipationRole, TimeChangeKind, TimeChangeStatus
from reviews.models import Review, ReviewMilestone, TimeChange
from reviews.selectors.participation import participants_of
from reviews.selectors.reviews import states_taking_part


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
    change = time_changes_of(review).filter(pk=key).first()
    if change is None:
        raise Http404(_("There is no such page."))
    change.review = review
    return change


def states_to_answer(change: TimeChange, states: Iterable[StateParty] | None = None) -> list[StateParty]:
    """The States of the review whose word on an open request is missing; the one that asks has said it.

    ``states`` are all those of the review, where they have been fetched.
    """
    said = {change.asked_for_id, *(answer.state_party_id for answer in change.answers.all())}
    return [state for state in states or states_taking_part(change.review) if state.pk not in said]


def people_asked(change: TimeChange) -> list[User]:
    """The focal points of the States whose word on an open request is missing, each once."""
    rows = participants_of(change.review).filter(
        role=ParticipationRole.FOCAL_POINT, state_party__in=states_to_answer(change)
    )
    return list({row.user_id: row.user for row in rows}.values())


def open_request(review: Review, kind: TimeChangeKind, milestone: ReviewMilestone | None = None) -> TimeChange | None:
    """What is being asked for already: for the same milestone, or a pause."""
    asked = TimeChange.objects.filter(review=review, kind=kind, status=TimeChangeStatus.ASKED, milestone=milestone)
    return asked.first()


def milestone_of(review: Review, slug: str) -> ReviewMilestone:
    """A milestone of a review by its short name. Raises Http404 when there is none."""
    milestone = review.milestones.select_related("plan__step").filter(plan__slug=slug).first()
    if milestone is None:
        raise Http404(_("There is no such page."))
    milestone.review = review
    return milestone
