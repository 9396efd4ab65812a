"""The mail on dates that follow another version of the step plan. It holds no content."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.language.i18n import interface_language
from core.models import Notification
from reviews.cases.models import Review, ReviewMilestone


class MovedMilestone(NamedTuple):
    """An open milestone as it stands now, and its indicative date before."""

    review: Review
    milestone: ReviewMilestone
    was: dt.date


def plan_moved(user: User, moved: Sequence[MovedMilestone], *, number: int, key: str) -> Notification:
    """The mail, unsaved, on dates that a person owes and that follow another version of the step plan from now on."""
    with translation.override(interface_language(user.language)):
        items = [
            {
                "code": each.review.code,
                "milestone": each.milestone.plan.name,
                "was": each.was.isoformat(),
                "due_on": each.milestone.due_on.isoformat(),
            }
            for each in moved
        ]
        reviews = {each.review.code: each.review for each in moved}
        path = reverse("portal:dashboard")
        if len(reviews) == 1:
            path = reverse("reviews:dates", args=[moved[0].review.mechanism.slug, moved[0].review.code])
    context = {"items": items, "count": len(items), "number": number, "path": path}
    return Notification(
        recipient=user, key=f"plan-moved:{key}:{user.pk}", template="reviews/plan_moved", context=context,
        about=sorted(reviews),
    )  # fmt: skip
