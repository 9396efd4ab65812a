"""A draft goes out as a Word document in two languages; it comes back changed, is looked at, and is the draft."""

import io
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.documents import BESIDE, SETTINGS, edited, line, says
from tests.questionnaires.editing.drafting import item_of, make_draft, now

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"en": (1280, 800), "ar": (360, 780)}


def download(page: Page, address: str) -> bytes:
    page.goto(address)
    assert_accessible(page)
    page.select_option("[name=language]", "en")
    page.select_option("[name=beside]", "fr")
    with page.expect_download() as waiting:
        page.locator("main form button[type=submit]").click()
    return Path(waiting.value.path()).read_bytes()


def bring_in(page: Page, address: str, content: bytes) -> None:
    page.goto(address)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.set_input_files("[name=file]", {"name": "draft.docx", "mimeType": kind, "buffer": content})
    page.locator("main form button[value=show]").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_is_changed_looked_at_and_stored(live_server: LiveServer, sign_in: SignIn, language: str) -> None:
    draft = make_draft()
    page = sign_in(OfficerFactory(), language=language)
    width, height = SIZES[language]
    page.set_viewport_size({"width": width, "height": height})
    home = f"{live_server.url}/{language}/untoc/questionnaires/1/"
    content = download(page, f"{home}draft/word/")
    assert docx.Document(io.BytesIO(content)).tables
    wrong = edited(content, says("I.untoc.4", "Kind: essay", column=SETTINGS))
    bring_in(page, f"{home}bring-in/", wrong)
    expect(page.locator(".app-problems")).to_contain_text("I.untoc.4")
    assert_accessible(page)
    changed = edited(content, says("I.untoc.2.a", "Say how."), line("I.untoc.3", "o1", "o1 Oui", BESIDE))
    bring_in(page, f"{home}bring-in/", changed)
    expect(page.locator("main ins").first).to_be_visible()
    assert_accessible(page)
    page.locator("main form button[value=store]").click()
    expect(page).to_have_url(f"{home}draft/")
    after = now(draft)
    assert item_of(after, "I.untoc.2.a").text == "Say how."
    assert after.translations == {"fr": {"Yes": "Oui"}}
