"""A meeting of the experts to come as an entry of a calendar (RFC 5545, RFC 5546; docs/adr/0019).

It tells when, how, of which review, and the address of the page: neither who takes part, nor where, nor about what. The
same row gives the same bytes in the same language.
"""

import datetime as dt
import zoneinfo
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from core.institution.facts import short_site_name, site_name
from core.language.i18n import in_own_order
from core.time.calendar_zones import vtimezone
from reviews.meetings.enums import MeetingStatus
from reviews.meetings.models import PlannedMeeting

FILE_NAME = "meeting.ics"


def calendar_head(method: str) -> Calendar:
    """An empty calendar of ours."""
    calendar = Calendar()
    name = short_site_name().replace("/", " ")  # slashes structure the identifier
    calendar.add("prodid", f"-//{name}//calendar 1.0//{(get_language() or 'en').upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def published_meeting(meeting: PlannedMeeting) -> str:
    """The file that a reader takes from the page: METHOD is PUBLISH, which asks nobody for an answer."""
    return _file(meeting, "PUBLISH", planned_event(meeting))


def meeting_for(meeting: PlannedMeeting, address: str, *, is_cancelled: bool) -> str:
    """What goes along with a mail to ``address``, the only attendee that it names: METHOD is REQUEST or CANCEL."""
    event = planned_event(meeting)
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText(site_name())
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("organizer", organizer)
    event.add("attendee", attendee)
    if is_cancelled:
        event["status"] = vText("CANCELLED")
    return _file(meeting, "CANCEL" if is_cancelled else "REQUEST", event)


def planned_event(meeting: PlannedMeeting) -> Event:
    """The entry, with its real time in the zone in which it was agreed; that zone belongs beside it (add_zones)."""
    event, review, start = Event(), meeting.review, meeting.local_start
    words = {"state": review.state_under_review, "code": in_own_order(review.code)}
    address = settings.SITE_URL.rstrip("/") + reverse("dialogue:dialogue", args=[review.mechanism.slug, review.code])
    changed = meeting.updated_at.astimezone(dt.UTC).replace(microsecond=0)
    event.add("uid", f"planned-meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", changed)
    event.add("created", meeting.created_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("last-modified", changed)
    event.add("sequence", meeting.revision)
    event.add("dtstart", start)
    event.add("dtend", meeting.ends_at.astimezone(zoneinfo.ZoneInfo(meeting.time_zone)))
    event.add("summary", _("Meeting of the experts – %(state)s, %(code)s") % words)
    event.add("description", f"{meeting.get_means_display()}\n{address}")
    event.add("url", address)
    event.add("status", "CANCELLED" if meeting.status == MeetingStatus.CANCELLED else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    return event


def add_zones(calendar: Calendar, meetings: list[PlannedMeeting]) -> None:
    """The zones of these meetings, each once, over the years in which they take place."""
    years: dict[str, set[int]] = {}
    for meeting in meetings:
        years.setdefault(meeting.time_zone, set()).add(meeting.local_start.year)
    for zone, own in sorted(years.items()):
        # A year more on both ends: the rule that holds on 1 January began before it.
        calendar.add_component(vtimezone(zone, min(own) - 1, max(own) + 1))


def _file(meeting: PlannedMeeting, method: str, event: Event) -> str:
    calendar = calendar_head(method)
    add_zones(calendar, [meeting])
    calendar.add_component(event)
    return calendar.to_ical().decode()


CONTENT_TYPE = "text/calendar; charset=utf-8"
