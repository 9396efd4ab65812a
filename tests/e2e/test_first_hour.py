"""The first hour of a new portal: the administrator adds the second member alone, and the third with that one."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.mails import activation_path
from tests.e2e.people import PASSPHRASE
from tests.factories.accounts import AdministratorFactory

pytestmark = pytest.mark.django_db(transaction=True)


def fill_in(page: Page, address: str, name: str) -> None:
    page.fill("[name=email]", address)
    page.fill("[name=full_name]", name)
    page.check("[name=role][value=officer]")


def begin(browser: Browser, live_server: LiveServer, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(live_server.url + activation_path(address))
    page.fill("[name=password]", PASSPHRASE)
    page.fill("[name=password_again]", PASSPHRASE)
    page.check("[name=accept]")
    page.click("main form:visible button[type=submit]")
    expect(page.locator("#second-factor-note")).to_be_visible()
    return page


@pytest.mark.usefixtures("worker")
def test_one_adds_the_second_and_two_add_the_third(browser: Browser, live_server: LiveServer, sign_in: SignIn) -> None:
    page = sign_in(AdministratorFactory())
    page.goto(f"{live_server.url}/en/accounts/secretariat/")
    assert_accessible(page)
    page.get_by_role("link", name="Add the second member").click()
    assert_accessible(page)
    page.get_by_role("button", name="Add and invite").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_accessible(page)
    fill_in(page, "olga@secretariat.example", "Olga Marin")
    page.get_by_role("button", name="Add and invite").click()
    expect(page.locator("main")).to_contain_text("Olga Marin is added.")
    expect(page.locator("main")).to_contain_text("alone, in the first hour")
    assert_accessible(page)

    second = begin(browser, live_server, "olga@secretariat.example")
    page.goto(f"{live_server.url}/en/accounts/add/")
    assert_accessible(page)
    fill_in(page, "nils@secretariat.example", "Nils Berg")
    page.fill("[name=reason]", "He begins on Monday.")
    page.get_by_role("button", name="Send to a second officer").click()
    expect(page.locator("h1")).to_contain_text("Add a member of the secretariat: Nils Berg, Officer")
    assert not User.objects.filter(email="nils@secretariat.example").exists()

    second.goto(f"{live_server.url}/en/access-requests/")
    second.get_by_role("link", name="Nils Berg").click()
    second.get_by_role("button", name="Approve").click()
    assert_accessible(second)
    second.get_by_role("button", name="Approve the request").click()
    expect(second.locator("h1")).to_contain_text("Nils Berg")
    begin(browser, live_server, "nils@secretariat.example").close()
    second.reload()
    expect(second.locator("main")).to_contain_text("In effect")
    second.close()
    page.goto(f"{live_server.url}/en/accounts/secretariat/")
    expect(page.locator("main")).to_contain_text("Nils Berg")
    assert_accessible(page)
