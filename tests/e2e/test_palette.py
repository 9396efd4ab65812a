"""Somebody goes to a question by its number and reads by keys, without the mouse."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible
from tests.utils import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
SECTION = "/en/untoc/reviews/1-XVE/response/untoc/article-15/"


@pytest.fixture
def section(transactional_db: None, sign_in: SignIn, live_server: LiveServer) -> Page:
    cast = make_cast("self_assessment")
    page = sign_in(cast.expert)
    page.goto(f"{live_server.url}{SECTION}")
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_list_of_places_is_used_by_keys_alone(section: Page) -> None:
    page = section
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    assert_accessible(page)
    page.keyboard.type("missing")
    expect(page.get_by_role("option").first).to_have_text("What is missing")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.get_by_role("button", name="Find").click()
    page.keyboard.type("23")
    question = page.get_by_role("option", name="Question 23", exact=True)
    expect(question).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(question).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/response/untoc/article-15/#q-I-untoc-23")


def test_enter_right_after_a_word_opens_nothing_that_stood_there_before(section: Page) -> None:
    page = section
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.route("**/go/?*q=zebra*", lambda route: None if route.request.resource_type == "fetch" else route.continue_())
    page.keyboard.type("zebra")
    expect(page.get_by_role("combobox")).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Enter")
    page.wait_for_url("**/go/?q=zebra*")


def test_what_is_typed_before_the_script_has_come_is_looked_for(section: Page) -> None:
    page = section
    held: list[Route] = []
    page.route("**/palette*.js", lambda route: held.append(route))
    with page.expect_request("**/palette*.js"):
        page.keyboard.press("Control+k")
    page.keyboard.type("23")
    expect(page.get_by_role("option")).to_have_count(0)
    held.pop().continue_()
    expect(page.get_by_role("option", name="Question 23", exact=True)).to_have_attribute("aria-selected", "true")


def test_keys_lead_from_question_to_question_and_leave_texts_alone(section: Page) -> None:
    page = section
    page.keyboard.press("n")
    first = focused(page)
    page.keyboard.press("n")
    assert first.startswith("q-I-untoc-")
    assert focused(page) not in {"", first}
    page.keyboard.press("p")
    assert focused(page) == first
    page.keyboard.press("s")
    expect(page.locator("[data-overall]")).to_be_focused()
    page.locator("details.app-words summary").first.click()
    text = page.locator("textarea").first
    text.focus()
    page.keyboard.type("no?m")
    expect(text).to_have_value("no?m")


def test_the_keys_are_listed_and_turned_off(section: Page) -> None:
    page = section
    page.keyboard.press("?")
    page.wait_for_url("**/shortcuts/")
    assert_accessible(page)
    page.get_by_label("Use single keys in this browser").uncheck()
    page.go_back()
    page.wait_for_url(f"**{SECTION}")
    page.keyboard.press("?")
    page.keyboard.press("n")
    assert focused(page) == ""
    expect(page).to_have_url(page.url)
