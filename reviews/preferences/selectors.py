"""What people have said about their own reminders, and to whom they may hand one on."""

from django.db.models import Q, QuerySet

from accounts.people.models import User
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.preferences.models import Mute, Snooze, TaskDelegation


def colleagues_in(user: User, review: Review) -> QuerySet[User]:
    """Those who take part in a review for the same State as ``user`` and could do the acts that he or she owes."""
    own = Participation.objects.filter(user=user, review=review, ended_at=None).values("state_party")
    takes_part = Q(
        participations__review=review,
        participations__ended_at=None,
        participations__state_party__in=own,
        participations__role__in=["focal_point", "governmental_expert"],
    )
    return User.objects.filter(takes_part, is_active=True).exclude(pk=user.pk).distinct().order_by("full_name")


def open_milestone_of(review: Review, slug: str) -> ReviewMilestone | None:
    """An open milestone by the short name of its plan."""
    return review.milestones.filter(plan__slug=slug, reached_on=None).select_related("plan__step", "review").first()


def snoozes_of(user: User) -> QuerySet[Snooze]:
    snoozes = Snooze.objects.filter(user=user, milestone__reached_on=None)
    return snoozes.select_related("milestone__plan", "milestone__review__mechanism").order_by("until")


def delegations_by(user: User) -> QuerySet[TaskDelegation]:
    delegations = TaskDelegation.objects.filter(user=user, milestone__reached_on=None)
    return delegations.select_related("milestone__plan", "milestone__review__mechanism", "colleague")


def delegations_to(user: User) -> QuerySet[TaskDelegation]:
    delegations = TaskDelegation.objects.filter(colleague=user, milestone__reached_on=None)
    return delegations.select_related("milestone__plan", "milestone__review__mechanism", "user")


def mutes_of(user: User) -> QuerySet[Mute]:
    return Mute.objects.filter(user=user).select_related("review__mechanism").order_by("review__code")
