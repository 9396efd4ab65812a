"""Before any answer is there: an expert asks about the legal system, its focal point sends, the State answers."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from dialogue.exchange.models import ClarificationRequest
from tests import utils
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import give_passphrases

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "Which courts decide on confiscation?"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()
    page.wait_for_load_state()


def test_a_question_about_the_legal_system_is_asked_sent_and_read(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = utils.make_cast()
    give_passphrases(cast)
    address = f"{live_server.url}/en/untoc/reviews/{cast.review.code}/preparation/"

    page = sign_in(cast.same_group_expert)
    page.goto(address)
    assert_accessible(page)
    press(page, "Ask about the legal system")
    assert_accessible(page)
    page.locator("textarea").first.fill(QUESTION)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(f"{address}**")
    expect(page.locator("main")).to_contain_text(QUESTION)

    page = sign_in(cast.focal_point)
    page.goto(address)
    expect(page.locator("main")).not_to_contain_text(QUESTION)

    page = sign_in(cast.same_group_focal_point)
    page.goto(address)
    press(page, "Send")
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(f"{address}**")
    assert ClarificationRequest.objects.get().status == "asked"

    page = sign_in(cast.focal_point)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(address.replace("/en/", "/ar/"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("main")).to_contain_text(QUESTION)
    assert_fits(page, 360)
    assert_accessible(page)
