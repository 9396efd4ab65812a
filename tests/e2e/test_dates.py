"""More time is asked for by one State and agreed by both others, and the secretariat drafts another plan."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible
from tests.utils import Cast

pytestmark = pytest.mark.django_db(transaction=True)
# Where pictures of the pages are kept for somebody who wants to look at them; nowhere by default.
PICTURES = os.environ.get("PICTURES", "")


def look(page: Page, name: str) -> None:
    assert_accessible(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_an_extension_is_agreed_by_both_other_states(
    live_server: LiveServer, committed_cast: Cast, sign_in: SignIn
) -> None:
    address = f"/untoc/reviews/{committed_cast.review.code}/dates/"
    asking = sign_in(committed_cast.focal_point)
    asking.goto(f"{live_server.url}/en{address}")
    look(asking, "dates")
    asking.locator("#answers_sent").get_by_role("link", name="Ask for more time").click()
    asking.fill("input[name=until]", "2022-07-01")
    press(asking, "Ask for an extension")
    expect(asking.locator("main")).to_contain_text("Say why more time is needed.")
    look(asking, "extension")
    asking.fill("textarea[name=reason]", "Parliament passes the new law in June.")
    press(asking, "Ask for an extension")
    expect(asking.locator("main")).to_contain_text("Not answered yet")
    for name in ("same_group_focal_point", "other_group_focal_point"):
        other = sign_in(committed_cast.people[name])
        other.goto(f"{live_server.url}/en{address}")
        look(other, f"asked-{name}")
        other.get_by_role("button", name="Answer for your State").click()
        other.check("input[name=agrees][value=yes]")
        look(other, f"answer-{name}")
        press(other, "Answer for your State")
    expect(other.locator("main")).to_contain_text("What was asked for before")
    expect(other.locator("#answers_sent")).to_contain_text("1 July 2022")
    for language, width in (("ar", 1280), ("ar", 360), ("en", 360)):
        again = sign_in(committed_cast.observer, language=language, width=width)
        again.goto(f"{live_server.url}/{language}{address}")
        look(again, f"dates-{language}-{width}")


def test_an_officer_drafts_another_plan_and_discards_it(
    live_server: LiveServer, committed_cast: Cast, sign_in: SignIn
) -> None:
    page = sign_in(committed_cast.officer)
    page.goto(f"{live_server.url}/en/untoc/plans/")
    look(page, "plans")
    page.get_by_role("link", name="Version 1").click()
    look(page, "plan")
    press(page, "Make a new version of it")
    page.locator("tr", has_text="Sending of the answers").first.get_by_role("link", name="Change").click()
    page.fill("input[name=amount]", "8")
    look(page, "plan-row")
    press(page, "Save")
    expect(page.locator("main")).to_contain_text("8 months after the start of the review")
    page.locator("main").get_by_role("button", name="Publish the version").click()
    look(page, "plan-publish")
    page.get_by_role("link", name="Not yet").click()
    page.locator("main").get_by_role("button", name="Discard the draft").click()
    press(page, "Discard the draft")
    expect(page.locator("main")).to_contain_text("Version 1")
