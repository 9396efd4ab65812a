"""The mails to who takes part, is in charge, or owes something. They name a review by its code and hold no content."""

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.language.i18n import interface_language
from core.mail import notifications
from reviews.cases import review_path
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review, ReviewMilestone


def notify_due(user: User, review: Review, milestone: ReviewMilestone, *, key: str) -> bool:
    """Owe one reminder; give whether it is new."""
    with translation.override(interface_language(user.language)):
        context = {
            "code": review.code,
            "milestone": milestone.plan.name,
            "due_on": milestone.due_on.isoformat(),
            "path": review_path(review, user),
        }
    full_key = f"due:{review.pk}:{user.pk}:{key}"
    return notifications.queue(user, "reviews/due", context, key=full_key) is not None


def notify_registered(participation: Participation) -> None:
    user, review = participation.user, participation.review
    with translation.override(interface_language(user.language)):
        role = participation.get_role_display()
    context = {"code": review.code, "role": role, "path": review_path(review, user)}
    if participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR:
        context["is_invited"] = "yes"  # by the focal point of the own State
    notifications.queue(user, "reviews/registered", context, key=f"registered:{participation.pk}")


def notify_in_charge(user: User, review: Review, *, key: str) -> None:
    """Tell an officer that somebody else has put him or her in charge of a review."""
    context = {"code": review.code, "number": 1, "path": review_path(review, user)}
    notifications.queue(user, "reviews/in_charge", context, key=f"in-charge:{review.pk}:{user.pk}:{key}")


def notify_taken_over(participation: Participation) -> None:
    """Lead somebody who takes over from another person to the page that says what is in hand."""
    user, review = participation.user, participation.review
    with translation.override(interface_language(user.language)):
        path = reverse("portal:handover", args=[review.mechanism.slug, review.code])
    notifications.queue(
        user, "reviews/taken_over", {"code": review.code, "path": path}, key=f"taken-over:{participation.pk}"
    )


def notify_ended(participation: Participation) -> None:
    """Tell somebody that he or she takes part no longer; the mail leads to what is left to him or her."""
    user, review = participation.user, participation.review
    with translation.override(interface_language(user.language)):
        role, path = participation.get_role_display(), reverse("portal:dashboard")
    context = {"code": review.code, "role": role, "path": path}
    notifications.queue(user, "reviews/ended", context, key=f"ended:{participation.pk}")
