"""An administrator looks ahead: who would get what, what if a step took longer, what a release would have otherwise."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from core.models import ProposedRow
from portal.reminders.preview import next_monday
from reviews.programme.models import Mechanism
from reviews.reminders import rule_set_of
from reviews.reminders.models import ReminderRule
from tests import utils
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import give_passphrases

pytestmark = pytest.mark.django_db(transaction=True)
ENGLISH, ARABIC = 1280, 360


@pytest.fixture(autouse=True)
def _as_it_was(transactional_db: None) -> Iterator[None]:
    """The reference data is that of all tests, and is left as it was found."""
    known = set(ReminderRule.objects.filter(is_active=True).values_list("pk", flat=True))
    yield
    ReminderRule.objects.exclude(pk__in=known).delete()
    ReminderRule.objects.update(is_active=True)
    ProposedRow.objects.all().delete()


def in_arabic(page: Page, address: str) -> None:
    """The same page on a phone, in Arabic."""
    page.set_viewport_size({"width": ARABIC, "height": 780})
    page.goto(address.replace("/en/", "/ar/"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert_fits(page, ARABIC)
    assert_accessible(page)
    page.set_viewport_size({"width": ENGLISH, "height": 900})


def in_session(sign_in: SignIn) -> tuple[utils.Cast, Page]:
    """An administrator with a staff session, on the first page."""
    cast = utils.make_cast()
    give_passphrases(cast)
    administrator: User = cast.administrator
    page = sign_in(administrator)
    start_staff_session(actor=administrator, reason="The rules of reminders.", state_party=None)
    return cast, page


def test_who_would_get_what_and_other_rules(live_server: LiveServer, sign_in: SignIn) -> None:
    cast, page = in_session(sign_in)
    mechanism: Mechanism = cast.review.mechanism
    due_on = next_monday(timezone.now()) + dt.timedelta(days=14)
    cast.review.milestones.filter(plan__slug="answers_sent").update(due_on=due_on)

    rules = f"{live_server.url}/en/untoc/reminders/"
    page.goto(rules)
    expect(page.locator("main")).to_contain_text("3 people would get a mail")
    assert_accessible(page)
    in_arabic(page, rules)
    page.goto(rules)
    page.locator("[name=rule]").select_option("focal_points:-14")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("main")).to_contain_text("1 person would get a mail")
    page.get_by_role("button", name="Change the rules").click()
    assert_accessible(page)
    page.get_by_label("Experts").fill("-7, 0")
    page.get_by_role("button", name="Show what would be sent").click()
    expect(page.locator("main")).to_contain_text("New rules")
    assert_accessible(page)
    page.locator("[name=reason]").fill("Fewer mails.")
    page.get_by_role("button", name="Store the new rules").click()
    page.wait_for_url(rules)
    assert {days for audience, days in rule_set_of(mechanism) if audience == "experts"} == {-7, 0}


def test_what_if_a_step_took_longer(live_server: LiveServer, sign_in: SignIn) -> None:
    _cast, page = in_session(sign_in)
    what_if = f"{live_server.url}/en/untoc/cockpit/what-if/"
    page.goto(what_if)
    assert_accessible(page)
    page.get_by_label("Step that takes longer").select_option(index=2)
    page.get_by_label("Longer by").fill("6")
    page.get_by_label("Group that begins later").select_option("2-1")
    page.get_by_label("Later by").fill("4")
    page.get_by_role("button", name="Try it out").click()
    expect(page.locator("main")).to_contain_text("would move")
    assert_accessible(page)
    in_arabic(page, page.url)


def test_all_settings_and_what_a_release_would_have_otherwise(live_server: LiveServer, sign_in: SignIn) -> None:
    cast, page = in_session(sign_in)
    mechanism: Mechanism = cast.review.mechanism
    own: Any = {"short_name_en": "Our Mechanism"}
    Mechanism.objects.filter(pk=mechanism.pk).update(**own)
    call_command("load_reference", verbosity=0)
    settings = f"{live_server.url}/en/setup/settings/"
    page.goto(settings)
    assert_accessible(page)
    in_arabic(page, settings)
    page.goto(settings)
    page.get_by_role("link", name="Differences of the release").click()
    expect(page.locator("main")).to_contain_text("Our Mechanism")
    assert_accessible(page)
    in_arabic(page, page.url)
    page.goto(f"{live_server.url}/en/setup/release/")
    page.get_by_role("button", name="Take what the release says").click()
    expect(page.locator("main")).to_contain_text("Nothing waits for you")
    mechanism.refresh_from_db()
    assert str(mechanism.short_name) != "Our Mechanism"
