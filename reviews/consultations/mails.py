"""The mails of the consultations. They name a review by its code and hold no content."""

import datetime as dt

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.i18n import interface_language
from core.mail import notifications
from reviews.cases.enums import News
from reviews.cases.models import Review


def notify_silence_near(user: User, review: Review, counts_on: dt.date, *, key: str) -> None:
    """Tell a focal point from which day on the silence of his or her State counts as its confirmation."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:consultation", args=[review.mechanism.slug, review.code])
    context = {"code": review.code, "counts_on": counts_on.isoformat(), "path": path}
    notifications.queue(user, "reviews/silence_near", context, key=f"silence-near:{key}:{user.pk}")


def notify_mission_of_start(user: User, review: Review, state_party: StateParty, *, key: str) -> None:
    """Tell a State's permanent mission that the others go ahead; the mail leads to where it names its people."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:state-nominations", args=[review.mechanism.slug, state_party.iso3])
        context = {"code": review.code, "sentence": str(News.WENT_AHEAD.label), "path": path}
    notifications.queue(user, "reviews/news", context, key=f"{News.WENT_AHEAD}:{key}:{user.pk}")
