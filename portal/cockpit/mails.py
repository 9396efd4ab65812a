"""The mail on reviews that were put into one officer's charge together."""

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.language.i18n import interface_language
from core.mail import notifications
from reviews.programme.models import Mechanism


def notify_in_charge_of_many(user: User, mechanism: Mechanism, number: int, *, key: str) -> bool:
    """One mail for all reviews of one act, leading to the officer's own in the cockpit; give whether it is new."""
    with translation.override(interface_language(user.language)):
        path = reverse("portal:cockpit", args=[mechanism.slug])
    context = {"code": "", "number": number, "path": path, "query": "officer=me"}
    return notifications.queue(user, "reviews/in_charge", context, key=f"in-charge:{key}") is not None
