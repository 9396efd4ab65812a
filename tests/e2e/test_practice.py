"""Nobody takes the practice portal for the real one, and neither takes what a browser keeps for the other."""

from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from core.models import Institution
from tests.caches import empty_cache
from tests.e2e.conftest import await_end_of_cookie
from tests.portal.practice.conftest import DOOR, practice, practice_folder

__all__ = ["practice", "practice_folder"]
pytestmark = pytest.mark.django_db(transaction=True)
ROLES = (
    ("--govuk-brand-colour", "--app-practice"),
    ("--govuk-link-colour", "--app-practice-ink"),
    ("--govuk-link-hover-colour", "--app-practice-ink-strong"),
    ("--govuk-surface-background-colour", "--app-practice-tint"),
    ("--app-brand", "--app-practice"),
)
COLOURS = "names => names.map(name => getComputedStyle(document.body).getPropertyValue(name))"
THEME = "[...document.querySelectorAll('meta[name=theme-color]')].find(each => matchMedia(each.media).matches).content"


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("institution", ["", "#0a5c36"])
def test_all_colours_of_the_practice_portal_are_its_own(
    browser: Browser, live_server: LiveServer, institution: str
) -> None:
    Institution.objects.update_or_create(defaults={"colour": institution})
    empty_cache()
    for scheme, theme in (("light", "#5a2d82"), ("dark", "#3a1d54")):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{live_server.url}{reverse(DOOR)}")
        shown, own = (page.evaluate(COLOURS, [role[side] for role in ROLES]) for side in (0, 1))
        assert (all(own), shown) == (True, own), scheme
        assert page.evaluate(THEME) == theme
        context.close()


@pytest.mark.usefixtures("practice")
def test_what_the_server_has_taken_is_told_to_the_pages_of_its_own_portal(
    browser: Browser, live_server: LiveServer
) -> None:
    """A browser keeps the cookies of all ports of one host together."""
    names = [f"{prefix}drafts_done_{uuid4()}" for prefix in ("", "practice_")]
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": "1", "url": live_server.url} for name in names])
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse(DOOR)}")
    await_end_of_cookie(page, names[1])
    assert names[0] in page.evaluate("document.cookie")
    context.close()
