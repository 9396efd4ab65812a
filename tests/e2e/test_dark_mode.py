"""A person chooses light or dark pages for a browser, whatever the device says."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible
from tests.permissions.scenes import build_scene
from tests.permissions.urls_base import OBSERVATIONS, Scene

pytestmark = pytest.mark.django_db(transaction=True)
WHITE = "rgb(255, 255, 255)"


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return build_scene(OBSERVATIONS)


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


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
