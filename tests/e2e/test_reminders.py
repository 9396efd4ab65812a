"""From a digest: an act is put off and handed to a colleague; the secretariat sees which mail came back."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from core.enums import NotificationStatus
from core.mail import notifications
from core.mail.messages import render
from core.models import Notification
from portal.reminders.planner import plan_reminders
from tests import utils
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import give_passphrases
from tests.factories.core import NotificationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def working_day(days: int) -> dt.date:
    day = timezone.localdate() + dt.timedelta(days=days)
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def test_reminders_are_put_off_and_handed_on(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = utils.make_cast()
    give_passphrases(cast)
    due_on = working_day(20)
    cast.review.milestones.filter(plan__slug="answers_sent").update(due_on=due_on)
    plan_reminders(dt.datetime.combine(due_on, dt.time(12), dt.UTC))
    digest = Notification.objects.get(recipient=cast.expert, template="portal/digest")
    body = str(render(digest).body)
    link = next(word for word in body.split() if "/reminders/answers_sent/" in word)

    page = sign_in(cast.expert)
    page.goto(live_server.url + "/" + link.split("/", 3)[3])
    assert_accessible(page)
    assert Notification.objects.get(pk=digest.pk).opened_at is not None
    page.get_by_label("Remind me later").check()
    page.locator("[name=until]").fill(due_on.isoformat())
    page.get_by_role("button", name="Save the choice").click()
    expect(page.locator("main")).to_contain_text("not before")
    assert_accessible(page)

    page.get_by_role("link", name="Change").first.click()
    page.get_by_label("Remind a colleague").check()
    page.locator("[name=colleague]").select_option(str(cast.second_expert.pk))
    page.get_by_role("button", name="Save the choice").click()
    expect(page.locator("main")).to_contain_text(f"handed to {cast.second_expert.full_name}")
    page.get_by_role("link", name="Record an absence").click()
    assert_accessible(page)
    page.goto(f"{live_server.url}/en/untoc/reminders/")
    assert_accessible(page)


def test_officers_see_what_came_back_and_send_it_again(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = utils.make_cast()
    give_passphrases(cast)
    one = NotificationFactory(
        recipient=cast.expert, status=NotificationStatus.BOUNCED, address=cast.expert.email, about=["1-XVE"],
        bounced_at=timezone.now(),
    )  # fmt: skip
    page = sign_in(cast.officer)
    page.goto(f"{live_server.url}/en/deliveries/?status=bounced")
    assert_accessible(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("main")).to_contain_text("is sent once more")
    assert Notification.objects.get(pk=one.pk).status != NotificationStatus.BOUNCED
    assert notifications.deliver(str(one.pk)) or Notification.objects.get(pk=one.pk).status == NotificationStatus.SENT
