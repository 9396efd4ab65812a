"""The dates of reviews as iCalendar (RFC 5545), in the active language.

The same rows give the same bytes, so that a program that asks again is told that nothing has changed: a stamp is when
a row last changed, and not when it was read.
"""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event, vText

from core.language.i18n import in_own_order
from reviews.cases.models import Review, ReviewMilestone
from reviews.dates.feeds import Dates
from reviews.meetings import add_zones, calendar_head, planned_event
from reviews.meetings.models import DialogueMeeting
from reviews.programme.enums import StepOwner

REFRESH_EVERY = dt.timedelta(hours=6)
# Sequence numbers are seconds from here, so that each change of a row gives a higher one; they fit 31 bits until 2088.
_SEQUENCE_BEGINS = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def calendar_of(dates: Dates, name: str) -> bytes:
    """The file. ``name`` is what the program calls the calendar."""
    calendar = calendar_head("PUBLISH")
    calendar.add("x-wr-calname", vText(name))  # the library escapes texts of properties that it knows
    calendar.add("name", vText(name))
    calendar.add("refresh-interval", REFRESH_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for milestone in dates.milestones:
        calendar.add_component(_milestone_event(milestone))
    for meeting in dates.meetings:
        calendar.add_component(_meeting_event(meeting))
    add_zones(calendar, dates.planned)
    for planned in dates.planned:
        calendar.add_component(planned_event(planned))
    return bytes(calendar.to_ical())


def _milestone_event(milestone: ReviewMilestone) -> Event:
    review, plan = milestone.review, milestone.plan
    words = {"milestone": plan.name, "state": review.state_under_review, "code": in_own_order(review.code)}
    if milestone.reached_on:
        summary = _("Reached: %(milestone)s – %(state)s, %(code)s") % words
        explained = _("This step has been reached.")
    else:
        summary = _("%(milestone)s – %(state)s, %(code)s") % words
        explained = _("The date is indicative: nothing closes when it has passed.")
    owed = _("Owed by: %(owner)s") % {"owner": StepOwner(plan.owed_by).label}
    address = _address("portal:review-detail", review)
    event = _event(
        f"milestone-{milestone.pk}",
        milestone.reached_on or milestone.due_on,
        max(milestone.updated_at, plan.updated_at),
        milestone.created_at,
    )
    event.add("summary", summary)
    event.add("description", "\n".join([owed, explained, address]))
    event.add("url", address)
    event.add("status", "CONFIRMED" if milestone.reached_on else "TENTATIVE")
    return event


def _meeting_event(meeting: DialogueMeeting) -> Event:
    """That the experts met, and how: neither who nor about what, which is for the pages of the review alone."""
    review = meeting.review
    words = {"state": review.state_under_review, "code": in_own_order(review.code)}
    address = _address("dialogue:dialogue", review)
    event = _event(f"meeting-{meeting.pk}", meeting.held_on, meeting.updated_at, meeting.created_at)
    event.add("summary", _("Meeting of the experts – %(state)s, %(code)s") % words)
    event.add("description", f"{meeting.get_means_display()}\n{address}")
    event.add("url", address)
    event.add("status", "CONFIRMED")
    return event


def _event(key: str, day: dt.date, changed_at: dt.datetime, made_at: dt.datetime) -> Event:
    """A whole day, wherever one is: a date without a time of day has no time zone. It makes nobody busy."""
    event, changed = Event(), changed_at.astimezone(dt.UTC).replace(microsecond=0)
    event.add("uid", f"{key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", changed)
    event.add("created", made_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("last-modified", changed)
    event.add("sequence", max(0, int((changed_at - _SEQUENCE_BEGINS).total_seconds())))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _address(name: str, review: Review) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=[review.mechanism.slug, review.code])
