"""The step “Mechanism” of setting up in a browser, in both directions: the ways, a file with faults, an empty one."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from core.models import Institution
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES_AND_WIDTHS
from tests.factories.accounts import AdministratorFactory
from tests.portal.mechanisms.folders import SHIPPED, files_of, zipped

pytestmark = pytest.mark.django_db(transaction=True)
SUBMIT = "main form:visible button[type=submit]"


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_an_administrator_looks_at_the_three_ways(
    sign_in: SignIn, live_server: LiveServer, language: str, width: int
) -> None:
    Institution.objects.get_or_create(is_only=True)
    page = sign_in(AdministratorFactory.create(), language=language, width=width)
    home = f"{live_server.url}/{language}/setup/mechanism/"

    def looks_right() -> None:
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(page)

    page.goto(home)
    looks_right()
    page.locator("main a[href$='/setup/mechanism/file/']").click()
    looks_right()
    files = files_of(SHIPPED[0])
    files["mechanism.json"] = files["mechanism.json"].replace('"order": 1,', '"order": "first",')
    archive = {"name": "own.zip", "mimeType": "application/zip", "buffer": zipped(files)}
    page.set_input_files("[name=file]", archive)
    page.click(SUBMIT)
    expect(page.locator("main table")).to_contain_text("steps[0].order")
    looks_right()

    page.goto(home)
    page.locator("main a[href$='/setup/mechanism/empty/']").click()
    page.click(SUBMIT)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    looks_right()

    page.goto(home)
    page.locator("main .app-steps-list a").first.click()
    expect(page.locator(".app-steps-list__step")).to_have_count(14)
    looks_right()
