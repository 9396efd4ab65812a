"""A ministry without an account answers in Word: the file goes out, comes back by mail, and becomes its proposal."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questionnaires.responses.models import Proposal
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import LANGUAGES_AND_WIDTHS, give_passphrases
from tests.questionnaires.ministries.ministries import FIRST, send
from tests.questionnaires.offline.files import filled
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    cast = make_cast()
    give_passphrases(cast)
    send(cast)
    return cast


def part_as_word(page: Page) -> bytes:
    """From the page that says who is late."""
    with page.expect_download() as waiting:
        page.locator("main a[href*='kind=docx']").click()
    return Path(waiting.value.path()).read_bytes()


def choose(page: Page, address: str, ministry: str, content: bytes) -> None:
    page.goto(address)
    assert_accessible(page)
    page.check(f"[name=into][value='{ministry}']")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.set_input_files("[name=file]", {"name": "answers.docx", "mimeType": kind, "buffer": content})
    page.locator("main form[method=post] button[type=submit]").press("Enter")
    expect(page.locator("[name=take]")).to_have_count(1)


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
def test_what_a_ministry_wrote_in_word_becomes_its_proposal(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn, language: str, width: int
) -> None:
    cast = committed_cast
    response = f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}/response/"
    page = sign_in(cast.focal_point, language=language, width=width)
    page.goto(f"{response}ministries/")
    mailed = filled(part_as_word(page), "docx", {FIRST: {"text": "By the Firearms Act."}})
    ministry = str(cast.participations["contributor"].pk)
    choose(page, f"{response}offline/", ministry, mailed)
    assert_accessible(page)
    assert_fits(page, width)
    expect(page.locator("[name=take]")).to_be_checked()
    page.locator("main form[method=post] button[type=submit]").press("Enter")
    page.wait_for_url(response)
    proposal = Proposal.objects.get()
    assert (proposal.text, str(proposal.participation_id)) == ("By the Firearms Act.", ministry)
    page.goto(f"{response}proposals/{FIRST}/")
    expect(page.locator(".app-proposal")).to_contain_text("By the Firearms Act.")
