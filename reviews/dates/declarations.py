"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from core.audit import AuditPlace
from reviews.capacities import place_in_review
from reviews.cases.models import TimeChange
from reviews.dates.models import CalendarFeed
from reviews.dates.selectors import requests_waiting_for
from reviews.dates.services import follow_team
from reviews.navigation import ReviewPart, ReviewTab, open_to_all, register_tab
from reviews.opening import follows_team

VERBS = {
    "reviews.feed.made": _("made a private calendar address"),
    "reviews.feed.ended": _("ended a private calendar address"),
    "reviews.time.asked": _("asked for an extension or a pause"),
    "reviews.time.answered": _("answered on an extension or a pause"),
    "reviews.time.agreed": _("completed the agreement on an extension or a pause"),
    "reviews.time.recorded": _("recorded an agreement on time that was reached elsewhere"),
    "reviews.time.declined": _("declined an extension or a pause"),
    "reviews.time.withdrawn": _("withdrew a request for an extension or a pause"),
    "reviews.time.pause_ended": _("ended a pause early"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_tab(ReviewTab(ReviewPart.DATES, 10, _("Dates"), open_to_all("reviews:dates"), requests_waiting_for))
    follows_team(follow_team)
    audit.register(TimeChange, lambda actor, verb, change: place_in_review(actor, change.review))
    # Whose calendar reads a review concerns nobody else in it: the portal's own chain.
    audit.register(CalendarFeed, lambda actor, verb, feed: AuditPlace())
