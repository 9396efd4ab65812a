"""The mail of this feature: that something waits on the page of a review, and not what."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.language.i18n import interface_language
from core.mail import notifications
from reviews.cases.models import Review

TEMPLATE = "reviews/something_waits"


def notify(people: Iterable[User | None], review: Review, *, key: UUID) -> None:
    """Each is told once of one ``key``; None is an officer whom the review has not.

    It is about no review in the columns by which mails are listed.
    """
    for user in people:
        if user is not None:
            with translation.override(interface_language(user.language)):
                path = reverse("portal:review-detail", args=[review.mechanism.slug, review.code])
            notifications.queue(user, TEMPLATE, {"path": path}, key=f"something-waits:{key}:{user.pk}")
