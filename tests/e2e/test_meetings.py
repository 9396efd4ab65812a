"""A reviewing expert invites to a meeting, both other States say yes in their browsers, and all take it along."""

import datetime as dt
import os
from pathlib import Path

import pytest
import vobject
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from reviews.meetings.models import PlannedMeeting
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import give_passphrases
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
# Where pictures of the pages are kept for somebody who wants to look at them; nowhere by default.
PICTURES = os.environ.get("PICTURES", "")
NARROW = 360


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    cast = make_cast("dialogue")
    give_passphrases(cast)
    User.objects.filter(pk=cast.same_group_expert.pk).update(time_zone="Africa/Nairobi")
    User.objects.filter(pk=cast.expert.pk).update(time_zone="Asia/Tokyo")
    return cast


def look(page: Page, name: str) -> None:
    """The page at both widths."""
    for width in (1280, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page)
        assert_fits(page, width)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def answer_in_browsers(address: str, cast: Cast, sign_in: SignIn) -> None:
    """Both other States say yes, the second one without scripts."""
    for name in ("expert", "other_group_focal_point"):
        other = sign_in(cast.people[name], javascript=name == "expert")
        expect(other.locator("main")).to_contain_text("Answer the invitation to a meeting of the experts")
        other.goto(address)
        if name == "expert":
            expect(other.locator("main")).to_contain_text("21:00–22:00 (Tokyo)")
            look(other, "meeting-asked")
        press(other, "Answer the invitation")
        expect(other.locator("main")).to_contain_text("15:00–16:00 (Nairobi)")
        other.check("input[name=agrees][value=yes]")
        if name == "expert":
            look(other, "meeting-answer")
        press(other, "Answer the invitation")
    expect(other.locator("main")).to_contain_text("The meeting is agreed.")


def test_three_states_agree_on_a_meeting(live_server: LiveServer, committed_cast: Cast, sign_in: SignIn) -> None:
    address = f"/untoc/reviews/{committed_cast.review.code}/dialogue/"
    day = timezone.localdate() + dt.timedelta(days=10)
    inviting = sign_in(committed_cast.same_group_expert)
    inviting.goto(f"{live_server.url}/en{address}")
    expect(inviting.locator("main")).to_contain_text("No meeting is planned.")
    press(inviting, "Invite to a meeting")
    expect(inviting.locator("select[name=time_zone]")).to_have_value("Africa/Nairobi")
    inviting.fill("input[name=day]", day.isoformat())
    inviting.fill("input[name=at]", "15:00")
    inviting.fill("textarea[name=agenda]", "Article 5, and what to ask next")
    press(inviting, "Invite to a meeting")
    expect(inviting.locator("main")).to_contain_text("Choose how the meeting will be held.")
    expect(inviting.locator("textarea[name=agenda]")).to_have_value("Article 5, and what to ask next")
    look(inviting, "meeting-invite")
    inviting.check("input[name=means][value=videoconference]")
    inviting.fill("input[name=link]", "https://meet.example/untoc")
    press(inviting, "Invite to a meeting")
    expect(inviting.locator("#planned").locator("..")).to_contain_text("Waiting for answers")
    look(inviting, "meeting-invited")
    answer_in_browsers(f"{live_server.url}/en{address}", committed_cast, sign_in)
    inviting.goto(f"{live_server.url}/en{address}")
    with inviting.expect_download() as loading:
        press(inviting, "Put it into your calendar")
    event = vobject.readOne(Path(loading.value.path()).read_text()).vevent
    meeting = PlannedMeeting.objects.get()
    assert event.dtstart.value.astimezone(dt.UTC) == meeting.starts_at
    assert loading.value.suggested_filename == f"{committed_cast.review.code}-{day}.ics"
    look(inviting, "meeting-agreed")
    arabic = sign_in(committed_cast.observer, language="ar")
    arabic.goto(f"{live_server.url}/ar{address}")
    look(arabic, "meeting-agreed-ar")
    press(inviting, "Cancel the meeting")
    look(inviting, "meeting-cancel")
    inviting.fill("textarea[name=reason]", "A holiday here.")
    press(inviting, "Cancel the meeting")
    expect(inviting.locator("main")).to_contain_text("A holiday here.")
    look(inviting, "meeting-cancelled")
