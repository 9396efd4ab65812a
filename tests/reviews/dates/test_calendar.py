"""Private calendar addresses: valid for a parser of another hand, of the person's rights at that moment, and ended."""

import datetime as dt
from typing import Any

import pytest
import time_machine
import vobject
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.people.models import User
from core import audit
from core.hashes import text_hash
from core.language.i18n import in_own_order
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review, ReviewMilestone
from reviews.dates.exports import calendar_of
from reviews.dates.feeds import Dates
from reviews.dates.models import CalendarFeed
from reviews.dates.services import end_feed, make_feed
from reviews.meetings.enums import MeetingMeans
from reviews.registration.services.participation import end_participation
from reviews.steps.services.advancing import reach_row, recompute_due_dates
from tests.at_once import log_meeting
from tests.caches import empty_cache
from tests.factories.accounts import UserFactory
from tests.query_counts import assert_query_count
from tests.utils import SYSTEM, Cast, login_as, make_review, register

pytestmark = pytest.mark.django_db


def read(secret: str, **headers: str) -> Any:
    return Client().get(reverse("calendar-feed", args=[secret]), headers=headers or None)


def events_of(secret: str) -> dict[str, Any]:
    """What a program makes of the feed, by the summary of each event."""
    return parsed(read(secret).content)


def parsed(content: bytes) -> dict[str, Any]:
    calendar = vobject.readOne(content.decode())
    return {event.summary.value: event for event in calendar.contents.get("vevent", [])}


def test_a_feed_holds_every_milestone_on_its_day(cast: Cast) -> None:
    secret = make_feed(actor=cast.expert, review=cast.review).secret
    events = events_of(secret)
    milestones = list(ReviewMilestone.objects.filter(review=cast.review).select_related("plan"))
    expected = {str(row.plan): row.reached_on or row.due_on for row in milestones}
    found = {name.removeprefix("Reached: ").partition(" – ")[0]: each.dtstart.value for name, each in events.items()}
    assert found == expected
    assert all(each.dtend.value == each.dtstart.value + dt.timedelta(days=1) for each in events.values())


def test_an_event_says_who_owes_it_and_where(cast: Cast) -> None:
    events = events_of(make_feed(actor=cast.expert, review=cast.review).secret)
    event = next(each for name, each in events.items() if not name.startswith("Reached"))
    code, state = cast.review.code, cast.state
    assert event.summary.value.endswith(f" – {state}, {code}")
    owed, explained, address = event.description.value.split("\n")
    assert owed.startswith("Owed by: ")
    assert explained == "The date is indicative: nothing closes when it has passed."
    assert address == event.url.value
    assert address.endswith(f"/en/untoc/reviews/{code}/")


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_day_stays_the_same_day_in_any_time_zone(cast: Cast, zone: str) -> None:
    secret = make_feed(actor=cast.expert, review=cast.review).secret
    before = read(secret).content
    with timezone.override(zone):
        assert read(secret).content == before
    assert before.count(b"DTSTART;VALUE=DATE:") == ReviewMilestone.objects.filter(review=cast.review).count()
    assert b"TZID" not in before


def test_a_reached_milestone_is_shown_as_such_under_the_same_identifier(cast: Cast) -> None:
    secret = make_feed(actor=cast.expert, review=cast.review).secret
    milestone = ReviewMilestone.objects.filter(review=cast.review, reached_on=None).order_by("plan__order").first()
    assert milestone is not None
    before = {each.uid.value: each for each in events_of(secret).values()}
    reached_on = timezone.localdate()
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=5), tick=False):
        reach_row(milestone, reached_on)
    after = {each.uid.value: each for each in events_of(secret).values()}
    assert before.keys() == after.keys()
    uid = next(uid for uid in after if str(milestone.pk) in uid)
    assert after[uid].summary.value.startswith("Reached: ")
    assert after[uid].dtstart.value == reached_on
    assert int(after[uid].sequence.value) > int(before[uid].sequence.value)
    assert after[uid].last_modified.value > before[uid].last_modified.value


def test_a_date_that_follows_another_has_a_higher_sequence(cast: Cast) -> None:
    """The dates that follow are worked out anew in bulk, and a calendar must see that they have moved."""
    secret = make_feed(actor=cast.expert, review=cast.review).secret
    before = {each.uid.value: each for each in events_of(secret).values()}
    milestone = ReviewMilestone.objects.filter(review=cast.review, reached_on=None).order_by("plan__order").first()
    assert milestone is not None
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=5), tick=False):
        milestone.agreed_on = milestone.due_on + dt.timedelta(days=30)
        milestone.save()
        recompute_due_dates(cast.review)
    after = {each.uid.value: each for each in events_of(secret).values()}
    moved = {uid for uid, each in after.items() if each.dtstart.value != before[uid].dtstart.value}
    assert moved
    assert all(int(after[uid].sequence.value) > int(before[uid].sequence.value) for uid in moved)


def test_lines_are_folded_and_signs_escaped(cast: Cast) -> None:
    milestone = ReviewMilestone.objects.filter(review=cast.review).select_related("plan", "review__mechanism")[0]
    long_name = "Comma, semicolon; backslash \\ and a very long name " + "تسمية طويلة " * 20
    milestone.plan.name = long_name
    content = calendar_of(Dates([milestone], []), "Name, with a comma")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = parsed(content).values()
    assert long_name.strip() in event.summary.value
    assert b"X-WR-CALNAME:Name\\, with a comma\r\n" in content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in content


def test_a_feed_speaks_the_language_of_its_person(cast: Cast) -> None:
    cast.expert.language = "ar"
    cast.expert.save()
    content = read(make_feed(actor=cast.expert, review=cast.review).secret).content
    with translation.override("ar"):
        state = str(cast.review.state_under_review)
    assert all(state in name and in_own_order_of(cast) in name for name in parsed(content))
    assert b"/ar/untoc/" in content.replace(b"\r\n ", b"")
    assert b"/en/untoc/" not in content.replace(b"\r\n ", b"")


def in_own_order_of(cast: Cast) -> str:
    with translation.override("ar"):
        return in_own_order(cast.review.code)


def test_meetings_are_there_for_who_reads_the_exchange_and_nothing_is_told_of_them() -> None:
    review = make_review("dialogue")
    people = {part.role: part.user for part in review.participations.select_related("user").order_by("-side")}
    focal_point = people["focal_point"]
    log_meeting(
        actor=focal_point,
        review=review,
        held_on=timezone.localdate(),
        means=MeetingMeans.VIDEOCONFERENCE,
        others="Somebody secret",
        subject="Something secret",
    )
    name = f"Meeting of the experts – {review.state_under_review}, {review.code}"
    content = read(make_feed(actor=focal_point, review=review).secret).content
    assert parsed(content)[name].dtstart.value == timezone.localdate()
    assert b"secret" not in content
    contributor = register_contributor(review)
    assert name not in events_of(make_feed(actor=contributor, review=review).secret)


def register_contributor(review: Review) -> User:
    user: User = UserFactory()
    register(review, user, review.state_under_review, ParticipationRole.NATIONAL_CONTRIBUTOR)
    return user


def test_an_ended_or_renewed_address_finds_nothing(cast: Cast) -> None:
    first = make_feed(actor=cast.expert, review=cast.review)
    assert read(first.secret).status_code == 200
    second = make_feed(actor=cast.expert, review=cast.review)
    assert (read(first.secret).status_code, read(second.secret).status_code) == (404, 200)
    end_feed(actor=cast.expert, feed=second.feed)
    end_feed(actor=cast.expert, feed=second.feed)
    assert read(second.secret).status_code == 404


def test_a_closed_account_and_an_ended_participation_find_nothing(cast: Cast) -> None:
    of_review = make_feed(actor=cast.expert, review=cast.review).secret
    of_all = make_feed(actor=cast.expert, review=None).secret
    assert read(of_review).content.count(b"BEGIN:VEVENT") == read(of_all).content.count(b"BEGIN:VEVENT") > 0
    end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    assert (read(of_review).status_code, read(of_all).status_code) == (404, 404)
    observer = make_feed(actor=cast.observer, review=None).secret
    User.objects.filter(pk=cast.observer.pk).update(is_active=False)
    assert read(observer).status_code == 404


def test_only_the_hash_of_the_secret_is_kept(cast: Cast) -> None:
    made = make_feed(actor=cast.expert, review=None)
    feed = CalendarFeed.objects.get()
    assert feed.sha256 == text_hash(made.secret)
    audit.chain_now()
    told = [str(vars(entry)) for entry in AuditEntry.objects.filter(verb__startswith="reviews.feed")]
    assert len(told) == 1
    assert made.secret not in told[0]


def test_nobody_makes_a_feed_of_a_review_that_he_does_not_see_nor_ends_anothers(cast: Cast) -> None:
    with pytest.raises(Http404):
        make_feed(actor=cast.stranger, review=cast.review)
    made = make_feed(actor=cast.expert, review=cast.review)
    with pytest.raises(PolicyRefusedError):
        end_feed(actor=cast.focal_point, feed=made.feed)


def test_an_officers_feed_holds_the_reviews_in_his_charge(cast: Cast) -> None:
    Review.objects.filter(pk=cast.bystander_review.pk).update(officer=cast.administrator)
    Review.objects.exclude(pk=cast.bystander_review.pk).update(officer=cast.officer)
    names = events_of(make_feed(actor=cast.officer, review=None).secret)
    assert names
    assert {name.rpartition(", ")[2] for name in names} == {cast.review.code}


def test_an_unchanged_feed_is_not_sent_again(cast: Cast) -> None:
    secret = make_feed(actor=cast.expert, review=cast.review).secret
    first = read(secret)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    again = read(secret, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert "sessionid" not in first.cookies


def test_the_last_use_is_kept(cast: Cast) -> None:
    made = make_feed(actor=cast.expert, review=cast.review)
    assert made.feed.last_used_at is None
    read(made.secret)
    made.feed.refresh_from_db()
    assert made.feed.last_used_at is not None


def test_a_feed_takes_the_same_queries_for_one_review_and_for_three(cast: Cast) -> None:
    secret = make_feed(actor=cast.expert, review=None).secret
    read(secret)  # notes the use
    with assert_query_count("calendar-feed"):
        assert read(secret).status_code == 200
    for iso3 in ("XAL", "XHV"):
        other = make_review("consultations", state=iso3)
        register(other, cast.expert, other.state_under_review, ParticipationRole.OBSERVER)
    with assert_query_count("calendar-feed"):
        content = read(secret).content
    assert len({name.rpartition(", ")[2] for name in parsed(content)}) == 3


def test_the_pages_show_the_address_once_and_end_it(cast: Cast) -> None:
    client = login_as(Client(), cast.expert)
    page = client.post(reverse("reviews:review-calendar", args=["untoc", cast.review.code]))
    secret = page.context["made"].secret
    assert f"/calendar/{secret}.ics" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    listing = client.get(reverse("reviews:calendar-feed-list")).content.decode()
    assert secret not in listing
    assert cast.review.code in listing
    feed = CalendarFeed.objects.get()
    renewed = client.post(reverse("reviews:calendar-feed-renew", args=[feed.pk])).context["made"]
    assert (read(secret).status_code, read(renewed.secret).status_code) == (404, 200)
    client.post(reverse("reviews:calendar-feed-end", args=[renewed.feed.pk]))
    assert read(renewed.secret).status_code == 404


def test_a_program_that_asks_without_pause_is_slowed_down(cast: Cast, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "feed": (1, 2)}
    empty_cache()
    answers = [read("no-such-secret").status_code for _ in range(4)]
    assert answers == [404, 404, 429, 429]
