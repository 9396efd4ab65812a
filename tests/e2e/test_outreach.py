"""From a list of contacts to a focal point: one officer writes, a mission names by its link, two officers check."""

import re
import time
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES
from tests.factories.accounts import OfficerFactory
from tests.reviews.nominations.notes import PDF
from tests.reviews.outreach.missions import unnamed_review

pytestmark = pytest.mark.django_db(transaction=True)


def mission_path(address: str) -> str:
    """The path of the link in the newest letter to this address. Waits up to ten seconds."""
    for _attempt in range(100):
        bodies = [str(message.body) for message in mail.outbox if address in message.to]
        found = [link[1] for body in bodies if (link := re.search(r"https?://[^/]+(/\S+/mission-link/\S+)", body))]
        if found:
            return found[-1]
        time.sleep(0.1)
    raise AssertionError(f"no letter to {address}")


def bring_a_list(page: Page, root: str, folder: Path) -> None:
    file = folder / "contacts.csv"
    file.write_text("State,Mission or office,E-mail address,Language\nXVE,Mission,mission@xve.example,en\n")
    page.goto(f"{root}contacts/upload/")
    page.set_input_files("[name=file]", file)
    page.locator("main form button[type=submit]").click()
    assert_accessible(page)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("mission@xve.example")
    assert_accessible(page)


def name_people(page: Page, folder: Path) -> None:
    """First with everything left out, so that the page says what is missing."""
    assert_accessible(page)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_accessible(page)
    note = folder / "note.pdf"
    note.write_bytes(PDF)
    page.fill("[name=number]", "NV/7")
    page.fill("[name=dated_on]", "2026-01-12")
    page.set_input_files("[name=scan]", note)
    page.fill("[name=focal-full_name]", "Noor Haddad")
    page.fill("[name=focal-email]", "noor@justice.example")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Noor Haddad")
    assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mission_names_the_focal_point_of_its_state_without_an_account(
    live_server: LiveServer, sign_in: SignIn, browser: Browser, worker: None, own_files: None, language: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    unnamed_review()
    officer = sign_in(OfficerFactory(), language=language)
    root = f"{live_server.url}/{language}/"
    bring_a_list(officer, root, tmp_path)
    officer.goto(f"{root}untoc/board/")
    assert_accessible(officer)
    officer.goto(f"{root}untoc/board/write/")
    assert_accessible(officer)
    officer.locator("main form button[type=submit]").click()
    expect(officer.locator("main table")).to_contain_text("1-XVE")
    context = browser.new_context()
    try:
        mission = context.new_page()
        path = mission_path("mission@xve.example").replace("/en/", f"/{language}/", 1)
        mission.goto(f"{live_server.url}{path}")
        mission.wait_for_url(f"{root}mission-link/")
        name_people(mission, tmp_path)
    finally:
        context.close()
    officer.goto(f"{root}untoc/received/")
    assert_accessible(officer)
    officer.get_by_role("link", name="NV/7").click()
    assert_accessible(officer)
    officer.locator("main .govuk-button-group a").first.click()
    assert_accessible(officer)
    officer.locator("main form button[type=submit]").click()
    expect(officer.locator("main")).to_contain_text("noor@justice.example")
