"""The entry of a meeting for calendars: by download, by mail and in feeds, read by a parser of another hand."""

import datetime as dt
import email
import re
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from accounts.people.models import User
from core.mail import notifications
from core.mail.notifications import deliver
from core.models import Notification
from reviews.dates.services import make_feed
from reviews.meetings.calendar import published_meeting
from reviews.meetings.models import PlannedMeeting
from tests.at_once import cancel_meeting, change_meeting, record_planned_meeting
from tests.reviews.dates.test_calendar import events_of, read
from tests.reviews.meetings.meetings import agreed, given, in_days, invited, page_of, say, told
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
SENDER = "reviews@portal.example"
# Who answers for the two other States, when that of the same group invites.
ASKED = {"Focal Point", "Expert", "Second Expert", "Other Group Focal Point", "Other Group Expert"}


@pytest.fixture(autouse=True)
def _sender(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = f"Reviews <{SENDER}>"


def downloaded(login_as: LoginAs, user: User, meeting: PlannedMeeting) -> Any:
    return vobject.readOne(login_as(user).get(page_of(meeting, "calendar")).content.decode())


def mailed(notification: Notification) -> tuple[EmailMessage, Any]:
    """The mail as it leaves, and the entry that goes along with it."""
    mail.outbox.clear()
    assert deliver(str(notification.pk))
    message: EmailMessage = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=default)  # type: ignore[assignment]
    (part,) = message.iter_attachments()
    return part, vobject.readOne(part.get_content())  # type: ignore[return-value]


def unfolded(text: str) -> str:
    return text.replace("\r\n ", "")


def test_an_agreed_meeting_is_an_entry_with_its_real_time_and_zone(talking: Cast, login_as: LoginAs) -> None:
    meeting = agreed(talking)
    calendar = downloaded(login_as, talking.observer, meeting)
    event = calendar.vevent
    assert (calendar.method.value, event.status.value, event.sequence.value) == ("PUBLISH", "CONFIRMED", "1")
    begin = dt.datetime.combine(in_days(10), dt.time(10), ZoneInfo("Europe/Vienna"))
    assert (event.dtstart.value, event.dtend.value) == (begin, begin + dt.timedelta(minutes=90))
    assert event.dtstart.value.utcoffset() == begin.utcoffset()
    assert event.uid.value.startswith(f"planned-meeting-{meeting.pk}@")
    assert event.summary.value == f"Meeting of the experts – {talking.state}, {talking.review.code}"
    assert event.description.value.split("\n")[0] == "Videoconference"
    assert "organizer" not in event.contents
    assert "attendee" not in event.contents


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu"])
def test_the_moment_is_the_same_in_another_zone_and_the_file_too(talking: Cast, zone: str) -> None:
    meeting = agreed(talking)
    before = published_meeting(meeting)
    with timezone.override(zone):
        assert published_meeting(PlannedMeeting.objects.get(pk=meeting.pk)) == before
    assert vobject.readOne(before).vevent.dtstart.value.astimezone(dt.UTC) == meeting.starts_at
    assert before.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART;TZID=Europe/Vienna:" in before


@time_machine.travel("2027-01-10T12:00:00Z")
def test_the_hours_after_a_change_of_the_clocks_are_told_rightly(make_cast: Callable[..., Cast]) -> None:
    meeting = agreed(make_cast("dialogue"), day=dt.date(2027, 3, 28), at=dt.time(3, 15), minutes=30)
    renamed = published_meeting(meeting).replace("Europe/Vienna", "Zone of the file")
    assert vobject.readOne(renamed).vevent.dtstart.value.astimezone(dt.UTC) == dt.datetime(
        2027, 3, 28, 1, 15, tzinfo=dt.UTC
    )


def test_lines_are_at_most_75_octets_in_any_language(talking: Cast) -> None:
    meeting = agreed(talking)
    with translation.override("ar"):
        text = published_meeting(meeting)
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    assert re.search(r"[\u0600-\u06ff]", vobject.readOne(text).vevent.summary.value)


def test_no_entry_is_there_before_all_have_said_yes(talking: Cast, login_as: LoginAs) -> None:
    meeting = invited(talking)
    refused = login_as(talking.expert).get(page_of(meeting, "calendar"))
    assert refused.status_code == 403
    assert "once all States have said yes" in refused.content.decode()


def test_what_was_agreed_and_cancelled_can_be_taken_as_cancelled(talking: Cast, login_as: LoginAs) -> None:
    meeting = agreed(talking)
    cancel_meeting(actor=talking.officer, meeting=meeting, reason="Elections.")
    event = downloaded(login_as, talking.expert, meeting).vevent
    assert (event.status.value, event.sequence.value) == ("CANCELLED", "2")
    never = invited(talking)
    cancel_meeting(actor=talking.officer, meeting=never, reason="Elections.")
    assert login_as(talking.expert).get(page_of(never, "calendar")).status_code == 403


def test_a_file_is_an_attachment_of_its_kind(talking: Cast, login_as: LoginAs) -> None:
    meeting = agreed(talking)
    answer = login_as(talking.expert).get(page_of(meeting, "calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="1-XVE-{in_days(10)}.ics"'


def test_an_agreed_meeting_goes_to_everybody_who_reads_the_table(talking: Cast) -> None:
    talking.review.officer = talking.officer
    talking.review.save()
    agreed(talking)
    readers = {
        "Focal Point", "Expert", "Second Expert", "Observer", "Same Group Focal Point", "Same Group Expert",
        "Same Group Observer", "Other Group Focal Point", "Other Group Expert", "Other Group Observer",
        talking.officer.full_name,
    }  # fmt: skip
    assert set(told("meeting_agreed")) == readers


def test_the_mail_holds_the_entry_for_its_reader_alone(talking: Cast) -> None:
    meeting = agreed(talking)
    mails = told("meeting_agreed")
    part, calendar = mailed(mails["Same Group Observer"])
    assert part.get_content_type() == "text/calendar"
    assert (part.get_param("method"), part.get_param("charset")) == ("REQUEST", "utf-8")
    assert part.get_filename() == "meeting.ics"
    event = calendar.vevent
    assert (calendar.method.value, event.status.value, event.sequence.value) == ("REQUEST", "CONFIRMED", "1")
    assert event.organizer.value == f"mailto:{SENDER}"
    (attendee,) = event.contents["attendee"]
    assert attendee.value == f"mailto:{talking.same_group_observer.email}"
    assert attendee.params["RSVP"] == ["FALSE"]
    for notification in mails.values():
        text = unfolded(notification.context["attachments"][0]["text"])
        addresses = set(re.findall(r"mailto:([^\s\"]+)", text))
        assert addresses == {SENDER, notification.recipient.email}
    assert vobject.readOne(published_meeting(meeting)).vevent.uid.value == event.uid.value


def test_mails_and_entries_hold_nothing_that_was_written(talking: Cast) -> None:
    words = ("Canary Hall", "https://canary.example/", "Canary agenda")
    meeting = agreed(talking, place=words[0], link=words[1], agenda=words[2])
    say_no = invited(talking)
    say(talking.expert, say_no, agrees=False, note="Canary why")
    change_meeting(
        actor=talking.same_group_expert, meeting=meeting, revision=1, given=given(day=in_days(11), agenda=words[2])
    )
    cancel_meeting(actor=talking.officer, meeting=meeting, reason="Canary reason")
    rows = Notification.objects.filter(key__startswith="meeting_")
    assert {row.key.split(":")[0] for row in rows} == {
        "meeting_invited", "meeting_answered", "meeting_agreed", "meeting_moved", "meeting_changed",
        "meeting_cancelled",
    }  # fmt: skip
    for row in rows:
        mail.outbox.clear()
        assert deliver(str(row.pk))
        whole = unfolded(str(row.context)) + mail.outbox[0].body + str(mail.outbox[0].alternatives[0].content)
        assert "canary" not in whole.lower()


def test_a_repeated_hand_over_is_the_same_to_the_letter(talking: Cast) -> None:
    meeting = agreed(talking)
    notification = told("meeting_agreed")["Observer"]
    mail.outbox.clear()
    assert deliver(str(notification.pk))
    change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=given(day=in_days(20)))
    Notification.objects.filter(pk=notification.pk).update(status="queued", next_attempt_at=None)
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert notifications.deliver(str(notification.pk))
    first, again = (each.message().as_bytes() for each in mail.outbox)
    assert first == again
    assert first.count(b"boundary=") == 2


def test_a_change_takes_the_agreed_time_off_the_calendars_and_asks_anew(talking: Cast) -> None:
    meeting = agreed(talking)
    change_meeting(actor=talking.same_group_expert, meeting=meeting, revision=1, given=given(day=in_days(12)))
    moved = told("meeting_moved")
    assert {"Observer", "Same Group Expert", "Other Group Focal Point"} <= set(moved)
    _part, calendar = mailed(moved["Observer"])
    event = calendar.vevent
    assert (calendar.method.value, event.status.value, event.sequence.value) == ("CANCEL", "CANCELLED", "2")
    assert event.dtstart.value.date() == in_days(10), "the time that was agreed"
    asked = told("meeting_changed")
    assert set(asked) == ASKED
    assert all("attachments" not in row.context for row in asked.values())
    for user in (talking.expert, talking.other_group_expert):
        say(user, meeting)
    latest = Notification.objects.get(key=f"meeting_agreed:{meeting.pk}:3:{talking.observer.pk}")
    _part, again = mailed(latest)
    assert (again.method.value, again.vevent.sequence.value) == ("REQUEST", "3")
    assert again.vevent.dtstart.value.date() == in_days(12)
    assert again.vevent.uid.value == event.uid.value


def test_a_cancelled_meeting_is_taken_off_the_calendars(talking: Cast) -> None:
    meeting = agreed(talking)
    cancel_meeting(actor=talking.officer, meeting=meeting, reason="Elections.")
    _part, calendar = mailed(told("meeting_cancelled")["Same Group Expert"])
    event = calendar.vevent
    assert (calendar.method.value, event.status.value, event.sequence.value) == ("CANCEL", "CANCELLED", "2")


def test_what_was_never_agreed_is_cancelled_without_an_entry(talking: Cast) -> None:
    meeting = invited(talking)
    cancel_meeting(actor=talking.same_group_expert, meeting=meeting, reason="Elections.")
    mails = told("meeting_cancelled")
    assert set(mails) == ASKED | {"Same Group Focal Point"}
    assert all("attachments" not in row.context for row in mails.values())


def test_an_invitation_goes_to_the_focal_points_and_experts_of_the_others(talking: Cast) -> None:
    invited(talking)
    assert set(told("meeting_invited")) == ASKED


def test_an_answer_goes_to_whoever_invited(talking: Cast) -> None:
    meeting = invited(talking)
    say(talking.expert, meeting, agrees=False, note="A holiday")
    assert set(told("meeting_answered")) == {"Same Group Expert"}
    talking.review.participations.filter(user=talking.same_group_expert).update(ended_at=timezone.now())
    say(talking.expert, meeting)
    assert set(told("meeting_answered")) == {"Same Group Expert", "Same Group Focal Point"}


def test_an_entry_speaks_the_language_of_its_reader(talking: Cast) -> None:
    User.objects.filter(pk=talking.observer.pk).update(language="ar")
    agreed(talking)
    mails = told("meeting_agreed")
    for name, is_arabic in (("Observer", True), ("Expert", False)):
        _part, calendar = mailed(mails[name])
        assert bool(re.search(r"[\u0600-\u06ff]", calendar.vevent.summary.value)) == is_arabic
        assert f"/{'ar' if is_arabic else 'en'}/untoc/" in calendar.vevent.url.value, name


def test_a_feed_shows_an_agreed_meeting_with_its_real_time_until_it_is_cancelled(talking: Cast) -> None:
    secret = make_feed(actor=talking.observer, review=talking.review).secret
    name = f"Meeting of the experts – {talking.state}, {talking.review.code}"
    own = lambda: [  # noqa: E731
        each for each in vobject.readOne(read(secret).content.decode()).vevent_list
        if each.uid.value.startswith("planned-meeting")
    ]  # fmt: skip
    meeting = invited(talking)
    assert own() == []
    say(talking.expert, meeting)
    say(talking.other_group_expert, meeting)
    (event,) = own()
    assert (event.summary.value, event.dtstart.value.astimezone(dt.UTC)) == (name, meeting.starts_at)
    assert event.transp.value == "OPAQUE"
    assert read(secret).content == read(secret).content
    cancel_meeting(actor=talking.officer, meeting=meeting, reason="Elections.")
    assert own() == []


def test_once_recorded_it_is_a_day_of_the_log(talking: Cast) -> None:
    meeting = agreed(talking)
    secret = make_feed(actor=talking.expert, review=talking.review).secret
    name = f"Meeting of the experts – {talking.state}, {talking.review.code}"
    assert isinstance(events_of(secret)[name].dtstart.value, dt.datetime)
    with time_machine.travel(meeting.ends_at + dt.timedelta(hours=1)):
        held = {"held_on": meeting.local_start.date(), "means": meeting.means, "others": "Interpreters"}
        record_planned_meeting(actor=talking.focal_point, meeting=meeting, **held)
        assert events_of(secret)[name].dtstart.value == meeting.local_start.date()
        assert b"planned-meeting" not in read(secret).content


def test_who_does_not_read_the_exchange_has_no_meeting_in_the_feed(talking: Cast) -> None:
    agreed(talking)
    secret = make_feed(actor=talking.contributor, review=talking.review).secret
    assert b"planned-meeting" not in read(secret).content


def test_two_zones_stand_in_a_feed_once_each(talking: Cast) -> None:
    for zone, day in (("Europe/Vienna", 10), ("Asia/Tokyo", 11), ("Europe/Vienna", 12)):
        agreed(talking, time_zone=zone, day=in_days(day))
    content = read(make_feed(actor=talking.expert, review=talking.review).secret).content
    assert sorted(re.findall(rb"\r\nTZID:(\S+)", content)) == [b"Asia/Tokyo", b"Europe/Vienna"]
