"""An administrator makes an empty portal the institution's own, from the first page and back to it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core.cached import forget_nearby
from core.institution.facts import forget_institution
from core.models import Institution
from tests.core.files.hostile_files import png
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES_AND_WIDTHS
from tests.factories.accounts import AdministratorFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_nothing_is_set", "own_files")]
SAVE = "main form:visible button[type=submit]"


@pytest.fixture
def _nothing_is_set(transactional_db: None) -> Iterator[None]:
    Institution.objects.all().delete()
    forget_institution()
    yield
    Institution.objects.all().delete()
    Institution.objects.create(is_set_up=True)  # as tests/database.py has it
    forget_institution()


def saved(page: Page) -> None:
    page.click(SAVE)
    expect(page.locator(".app-steps-list")).to_be_visible()
    forget_nearby()  # the server's own copy is some seconds old otherwise
    page.reload()


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_an_administrator_goes_from_step_to_step(
    sign_in: SignIn, live_server: LiveServer, language: str, width: int
) -> None:
    page = sign_in(AdministratorFactory.create(), language=language, width=width)
    home = f"{live_server.url}/{language}/"
    page.goto(home)
    assert_accessible(page)
    page.click("main a[role=button][href$='/setup/names/']")
    assert_accessible(page)
    page.fill("[name=name_en]", "Peer Review of Examplia")
    page.fill("[name=name_ar]", "استعراض الأقران")
    saved(page)
    expect(page.locator(".app-bar__name")).to_have_text(
        {"en": "Peer Review of Examplia", "ar": "استعراض الأقران"}[language]
    )

    page.click("main a[href$='/setup/looks/']")
    page.fill("[name=colour]", "#ffd23f")
    page.click(SAVE)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_accessible(page)
    page.fill("[name=colour]", "#5b2a86")
    page.set_input_files("[name=logo]", {"name": "logo.png", "mimeType": "image/png", "buffer": png(32, 32)})
    saved(page)
    assert page.evaluate("getComputedStyle(document.querySelector('main .govuk-link')).color") == "rgb(91, 42, 134)"
    assert page.evaluate("document.querySelector('.app-bar__logo').naturalWidth") == 32
    assert_accessible(page)

    page.click("main a[href$='/setup/languages/']")
    assert_accessible(page)
    saved(page)

    page.click("main a[href$='/setup/mail/']")
    page.click(SAVE)
    assert_accessible(page)
    page.goto(f"{home}setup/")
    done = page.locator(".app-steps-list .app-state--done")
    expect(done).to_have_count(5)  # names, looks, languages, mails, and the mechanism that comes with the portal

    page.click(SAVE)
    forget_nearby()
    page.goto(home)
    expect(page.locator(".app-steps-list")).to_have_count(0)
