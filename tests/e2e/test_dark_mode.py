"""Key pages on a dark screen, and in the colours that a device sets for all pages: all is read and told apart."""

import os
from http.client import OK
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible
from tests.permissions.scenes import build_scene
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import OBSERVATIONS, Scene

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = ""  # who is not signed in
KEY_PAGES = {
    "portal:dashboard": "focal_point",
    "portal:review-detail": "focal_point",
    "questionnaires:section-detail": "focal_point",
    "observations:text-detail": "focal_point",
    "accounts:profile": "focal_point",
    "portal:desk-section": "same_group_expert",
    "observations:observation-list": "same_group_expert",
    "portal:cockpit": "officer",
    "lots:draw-detail": "officer",
    "lots:draw-ceremony": "officer",
    "reviews:programme": "officer",
    "questionnaires:draft-section": "officer",
    "accounts:sign-in": NOBODY,
    "lots:public-draw": NOBODY,
}
WHITE = "rgb(255, 255, 255)"


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return build_scene(OBSERVATIONS)


def addresses(scene: Scene, language: str) -> dict[str, str]:
    """Of each key page the last that its reader may open: of the draws those that were run."""
    found: dict[str, str] = {}
    for page in PAGES:
        reader = KEY_PAGES.get(page.name)
        if reader is None or page.method != "get" or page.success != OK:
            continue
        if reader == NOBODY or any(reader in access.may for access in page.access.values()):
            with translation.override(language):
                query = "&".join(f"{name}={value}" for name, value in page.data.items())
                found[page.name] = reverse(page.name, args=page.args(scene)) + (f"?{query}" if query else "")
    assert found.keys() == KEY_PAGES.keys()
    return found


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def _look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name.replace(':', '-')}.png", full_page=True)


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_key_pages_can_be_read_on_a_dark_screen(
    scene: Scene, sign_in: SignIn, browser: Any, live_server: LiveServer, language: str, width: int
) -> None:
    stranger = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    tabs = {name: sign_in(scene.cast.people[name], width=width) for name in {*KEY_PAGES.values()} - {NOBODY}}
    tabs[NOBODY] = stranger
    for name, address in addresses(scene, language).items():
        page = tabs[KEY_PAGES[name]]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.goto(live_server.url + address)
        assert ground(page) != WHITE, name
        _look(page, f"{name}-{language}")
        assert_accessible(page)
        page.emulate_media(color_scheme="dark", media="print")
        assert ground(page) == WHITE, name
        page.emulate_media(color_scheme="dark", media="screen")
    stranger.context.close()


def test_who_chose_light_pages_has_them_on_a_dark_screen_and_the_other_way_round(
    scene: Scene, sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in(scene.cast.people["officer"])
    for device, choice in (("dark", "Light"), ("light", "Dark")):
        page.emulate_media(color_scheme=device)  # type: ignore[arg-type]
        page.goto(f"{live_server.url}/en/profile/")
        page.get_by_label(choice, exact=True).check()
        page.get_by_role("button", name="Save the profile").click()
        expect(page.get_by_label(choice, exact=True)).to_be_checked()
        assert (ground(page) == WHITE) == (choice == "Light")
        assert_accessible(page)
    page.get_by_label("As the device says").check()
    page.get_by_role("button", name="Save the profile").click()
    expect(page.locator("html")).not_to_have_attribute("data-appearance", "dark")
    assert ground(page) == WHITE


def test_without_fills_one_sees_where_one_is_and_how_far(
    scene: Scene, sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in(scene.cast.people["focal_point"])
    page.emulate_media(forced_colors="active")
    page.goto(live_server.url + addresses(scene, "en")["portal:review-detail"])
    style = "(each, name) => getComputedStyle(each)[name]"
    links = page.locator(".app-side__link")
    marked = [each.evaluate(style, "outlineStyle") for each in links.all()]
    current = [each.get_attribute("aria-current") is not None for each in links.all()]
    assert marked == ["solid" if each else "none" for each in current]
    assert any(current)
    links.last.focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    _look(page, "forced")
