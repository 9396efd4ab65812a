"""A calendar of one's own: an address made, read by a program, ended; and a State on the public page of steps."""

import os
from http.client import NOT_FOUND, OK
from urllib.parse import urlsplit

import pytest
import vobject
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews.states.models import PublicStatus
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES, give_passphrases
from tests.utils import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_address_is_made_read_and_ended(live_server: LiveServer, sign_in: SignIn, javascript: bool) -> None:
    cast = make_cast()
    give_passphrases(cast)
    page = sign_in(cast.expert, javascript=javascript)
    page.goto(f"{live_server.url}/en/untoc/reviews/{cast.review.code}/")
    page.get_by_role("link", name="Put these dates into your calendar").click()
    press(page, "Make my address")
    field = page.get_by_label("Address")
    address = urlsplit(field.input_value()).path
    if javascript:
        assert_accessible(page)
    answer = Client().get(address)
    assert answer.status_code == OK
    events = vobject.readOne(answer.content.decode()).contents["vevent"]
    assert all(event.summary.value.endswith(cast.review.code) for event in events)
    page.goto(f"{live_server.url}/en/profile/calendar/")
    expect(page.locator("main")).not_to_contain_text(address)
    page.get_by_role("button", name="End").click()
    expect(page.locator("main")).to_contain_text("You have no address")
    assert Client().get(address).status_code == NOT_FOUND


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_accessible(live_server: LiveServer, sign_in: SignIn, browser: Browser, language: str) -> None:
    cast = make_cast()
    give_passphrases(cast)
    PublicStatus.objects.update(is_open=True)
    page = sign_in(cast.focal_point, language=language)
    root = f"{live_server.url}/{language}"
    page.goto(f"{root}/untoc/states/{cast.state.iso3}/nominations/status/agree/")
    assert_accessible(page)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#public-status")).to_be_visible()
    page.goto(f"{root}/untoc/reviews/{cast.review.code}/calendar/")
    look_at(page, "review", language)
    page.locator("main form button[type=submit]").click()
    look_at(page, "made", language)
    page.goto(f"{root}/profile/calendar/")
    look_at(page, "feeds", language)
    anonymous = browser.new_page()
    anonymous.goto(f"{root}/status/untoc/")
    expect(anonymous.locator("main")).to_contain_text(cast.review.code)
    look_at(anonymous, "status", language)
    anonymous.close()
    page.goto(f"{root}/untoc/states/{cast.state.iso3}/nominations/")
    look_at(page, "nominations", language)


def look_at(page: Page, name: str, language: str) -> None:
    """axe; and a picture at both widths where a folder for pictures is named."""
    assert_accessible(page)
    if folder := os.environ.get("PICTURES"):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{language}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
