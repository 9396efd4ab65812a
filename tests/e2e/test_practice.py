"""Nobody takes the practice portal for the real one: it has other colours wherever a page has one."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from core.models import Institution
from tests.caches import empty_cache
from tests.portal.practice.conftest import DOOR, practice

__all__ = ["practice"]
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
