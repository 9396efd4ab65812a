"""A note verbale: recorded by one officer with people out of a spreadsheet, approved by another."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from reviews.nominations.models import NoteVerbale
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES, PASSPHRASE
from tests.factories.accounts import OfficerFactory
from tests.reviews.nominations.notes import PDF
from tests.utils import make_review

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = (
    ("1-XLE", "focal_point", "Rustam Beridze", "rustam@lechovia.example"),
    ("1-XLE", "governmental_expert", "Katya Volkova", "katya@lechovia.example"),
    ("1-XHV", "observer", "سمير حداد", "samir@lechovia.example"),
    ("1-XXX", "observer", "Nobody Here", "nobody@lechovia.example"),
)


def officer(name: str) -> User:
    user: User = OfficerFactory(full_name=name)
    user.set_password(PASSPHRASE)
    user.save()
    return user


def fill_in(template: Path, target: Path, codes: dict[str, str]) -> None:
    book = openpyxl.load_workbook(template)
    sheet: Any = book.worksheets[0]
    for row, (code, *cells) in enumerate(PEOPLE, start=3):
        for column, value in enumerate((codes.get(code, code), *cells), start=1):
            sheet.cell(row, column).value = value
    book.save(target)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def check_and_approve(page: Page) -> None:
    """From the officer's own work to the approval."""
    page.get_by_role("link", name="1 note verbale to check").click()
    page.get_by_role("link", name="NV/2026/12").click()
    assert_accessible(page)
    press(page, "Approve")
    assert_accessible(page)
    press(page, "Approve the note verbale")
    expect(page.locator("main")).to_contain_text("is approved. Everybody whom it names takes part now.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_nominations_is_accessible(live_server: LiveServer, sign_in: SignIn, language: str) -> None:
    make_review(state="XVE")
    page = sign_in(officer("Olga Officer"), language=language)
    root = f"{live_server.url}/{language}/untoc/states/XVE/nominations/"
    page.goto(root)
    assert_accessible(page)
    page.goto(f"{root}record/")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_accessible(page)
    page.fill("[name=number]", "12/2026")
    page.fill("[name=dated_on]", "2026-01-12")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"{root}*-*/")
    assert_accessible(page)
    note = page.url
    for path in ("change/", "discard/", "submit/", "people/add/", "people/upload/"):
        page.goto(f"{note}{path}")
        assert_accessible(page)
    page.goto(f"{root}mission/register/")
    assert_accessible(page)
    page.goto(f"{live_server.url}/{language}/untoc/notes-verbales/")
    assert_accessible(page)


def test_three_people_for_two_reviews_out_of_a_spreadsheet(
    live_server: LiveServer, sign_in: SignIn, tmp_path: Path
) -> None:
    own, other = make_review(state="XVE"), make_review(state="XHV")  # XLE reviews both
    root = f"{live_server.url}/en/untoc/states/XLE/nominations/"

    page = sign_in(officer("Olga Officer"))
    page.goto(root)
    expect(page.locator("main")).to_contain_text("Missing")
    page.get_by_role("button", name="Record a note verbale").click()
    page.fill("[name=number]", "NV/2026/12")
    page.fill("[name=dated_on]", "2026-01-12")
    page.set_input_files("[name=scan]", {"name": "note.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(page, "Save the note")
    page.get_by_role("button", name="Add people with a spreadsheet").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the template").click()
    template, filled = tmp_path / "template.xlsx", tmp_path / "people.xlsx"
    download.value.save_as(template)
    fill_in(template, filled, {"1-XLE": own.code, "1-XHV": other.code})
    page.set_input_files("[name=file]", filled)
    press(page, "Check the file")
    expect(page.locator("main")).to_contain_text("3 rows can be added.")
    expect(page.locator("main")).to_contain_text("There is no current review 1-XXX")
    assert_accessible(page)
    press(page, "Add to the note")
    expect(page.locator(".govuk-error-summary")).to_contain_text("leave out the rows with errors")
    assert_accessible(page)
    page.get_by_label("Leave out the 1 row").check()
    press(page, "Add to the note")
    expect(page.locator("main")).to_contain_text("Rustam Beridze")
    page.get_by_role("button", name="Submit to be checked").click()
    press(page, "Submit the note verbale")
    expect(page.locator("main")).to_contain_text("You have recorded this note; another officer checks it.")
    assert_accessible(page)

    page = sign_in(officer("Piet Proof"))
    check_and_approve(page)
    assert NoteVerbale.objects.get().status == "approved"
    for review, names in ((own, ("Rustam Beridze", "Katya Volkova")), (other, ("سمير حداد",))):
        page.goto(f"{live_server.url}/en/untoc/reviews/{review.code}/participants/")
        for name in names:
            expect(page.locator("main")).to_contain_text(name)
    page.goto(root)
    assert_accessible(page)
