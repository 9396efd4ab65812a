"""The first visit to a page shows a tour of it, followed and left by keys, by hand or without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import LANGUAGES
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
REVIEW = "untoc/reviews/1-XVE/"
SECTION = f"{REVIEW}response/untoc/article-15/"
NARROW = 360


@pytest.fixture
def touring(transactional_db: None, settings: Any) -> Cast:
    settings.SHOWS_TOURS = True
    return make_cast("self_assessment")


def stop(page: Page) -> Any:
    return page.locator(".app-tour:popover-open")


def lies_on_screen(page: Page) -> bool:
    return bool(
        stop(page).evaluate(
            "e => { const r = e.getBoundingClientRect();"
            " return r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight; }"
        )
    )


def test_a_tour_is_followed_by_keys_and_once_left_comes_again_only_when_asked(touring: Cast, sign_in: SignIn) -> None:
    page = sign_in(touring.expert)
    expect(stop(page)).to_have_count(1)
    expect(stop(page).get_by_role("heading")).to_have_text("Yours to do")
    expect(stop(page).get_by_role("button", name="Next")).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(stop(page).get_by_role("heading")).to_have_text("What is shown")
    with page.expect_response("**/tours/work/leave/") as left:
        page.keyboard.press("Escape")
    assert left.value.status == 302
    expect(stop(page)).to_have_count(0)
    expect(page.locator("#main-content")).to_be_focused()
    page.reload()
    expect(stop(page)).to_have_count(0)
    page.locator(".app-menu--person summary").click()
    page.get_by_role("button", name="Show the tour of this page again").click()
    expect(stop(page).get_by_role("heading")).to_have_text("Yours to do")


def test_the_page_works_beside_its_tour(touring: Cast, sign_in: SignIn, live_server: LiveServer) -> None:
    page = sign_in(touring.expert)
    page.goto(f"{live_server.url}/en/{SECTION}")
    expect(stop(page)).to_have_count(1)
    box = page.locator("main input[type=radio]").first
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("Escape")
    expect(stop(page)).to_have_count(0)
    expect(box).to_be_focused()
    page.goto(f"{live_server.url}/en/{REVIEW}#timeline")  # who comes for a place is led to it
    expect(page.locator("#timeline")).to_be_in_viewport()
    expect(stop(page)).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_stop_lies_on_a_narrow_screen_and_the_last_ends_the_tour(
    touring: Cast, sign_in: SignIn, live_server: LiveServer, language: str
) -> None:
    page = sign_in(touring.focal_point, language=language, width=NARROW)
    for address in ("", REVIEW, SECTION):
        page.goto(f"{live_server.url}/{language}/{address}")
        while (following := stop(page).locator("[data-next]")).is_visible():
            assert lies_on_screen(page)
            assert_fits(page, NARROW)
            following.click()
        assert lies_on_screen(page)
        assert_accessible(page)
        with page.expect_response("**/leave/"):
            stop(page).locator("[data-leave]").click()
        expect(stop(page)).to_have_count(0)


def test_without_scripts_it_is_a_card(touring: Cast, sign_in: SignIn) -> None:
    page = sign_in(touring.expert, javascript=False)
    card = page.get_by_role("region", name="What is on this page")
    expect(card.get_by_role("listitem")).to_have_count(4)
    card.get_by_role("button", name="Do not show this again").click()
    expect(card).to_have_count(0)
