"""Every page, as somebody who may open it, in English and in Arabic: axe at WCAG 2.2 AA, and no sideways scrolling."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import give_passphrases
from tests.permissions import urls_base
from tests.permissions.test_every_url import build_scene
from tests.permissions.urls import PAGES

pytestmark = pytest.mark.django_db(transaction=True)
# One of each kind; the first who may open a page looks at it.
READERS = ("focal_point", "contributor", "officer", "same_group_focal_point")
NO_PAGES = {
    "favicon",
    "healthz",
    "robots",
    "core:job-download",
    "reviews:review-home",
    "portal:cockpit-home",
    "portal:cockpit-view",
    "lots:draw-home",
    "accounts:sign-in",
}
FILES = {
    "reviews:supplement-file",
    "reviews:meeting-calendar",
    "reviews:publication-file",
    "reviews:record-download",
    "reviews:record-verifier",
    "reviews:note-scan",
    "reviews:nomination-template",
    "reviews:state-record-download",
    "reviews:state-record-verifier",
    "portal:cockpit-spreadsheet",
    "lots:draw-file",
    "lots:public-draw-file",
    "calendar-feed",
    "reviews:status-json",
}


def pages_at(stage: str) -> list[urls_base.Page]:
    """Each page at the first and at the last stage at which somebody may open it."""
    return [page for page in PAGES if _is_page(page) and stage in _first_and_last(page)]


def _is_page(page: urls_base.Page) -> bool:
    return page.method == "get" and page.name not in NO_PAGES | FILES and "api:" not in page.name


def _first_and_last(page: urls_base.Page) -> set[str]:
    open_at = [stage for stage in urls_base.STAGES if stage in page.access and page.access[stage].may & set(READERS)]
    return {open_at[0], open_at[-1]} if open_at else set()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("stage", urls_base.STAGES)
def test_every_page_is_accessible(live_server: LiveServer, sign_in: SignIn, stage: str, language: str) -> None:
    scene = build_scene(stage)
    give_passphrases(scene.cast)
    browsers: dict[str, Page] = {}
    looked_at = 0
    for entry in pages_at(stage):
        reader = next((name for name in READERS if name in entry.access[stage].may), None)
        if reader is None:
            continue
        if reader not in browsers:
            browsers[reader] = sign_in(scene.cast.people[reader], language=language)
        with translation.override(language):
            address = reverse(entry.name, args=entry.args(scene))
        page = browsers[reader]
        page.goto(f"{live_server.url}{address}")
        assert_accessible(page)
        assert page.locator("html").get_attribute("dir") == {"en": "ltr", "ar": "rtl"}[language]
        _assert_narrow(page)
        looked_at += 1
    assert looked_at > 1


def _assert_narrow(page: Page) -> None:
    """At 320 pixels nothing is wider than the screen."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page, 320)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_the_pages_before_signing_in_are_accessible(live_server: LiveServer, browser: Browser) -> None:
    page = browser.new_page()
    for language in ("en", "ar"):
        for path in ("sign-in", "forgot-password"):
            page.goto(f"{live_server.url}/{language}/{path}/")
            assert_accessible(page)
    page.close()
