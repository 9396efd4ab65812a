"""From the note verbale to a review: named, checked, invited by mail, signed in with a second factor."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from reviews.cases.enums import Side
from reviews.cases.models import Review
from tests import utils
from tests.e2e.conftest import assert_accessible
from tests.e2e.devices import codes, virtual_authenticator
from tests.e2e.mails import activation_path
from tests.factories.accounts import OfficerFactory
from tests.journey import focal_point_of
from tests.reviews.nominations.notes import approve, named, submitted_by

pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = "seven-geese-cross-the-bay"
SUBMIT = "main form:visible button[type=submit]"


@pytest.fixture
def review() -> Review:
    """A review for which a State's focal point has just named two people, whom an officer has approved."""
    review = utils.make_review("consultations", state="XVE")
    people = [
        named(review=review.code, role="observer", full_name="Ana Zorić", email="ana@veskaria.example", language="en"),
        named(review=review.code, role="observer", full_name="نور حداد", email="noor@veskaria.example", language="ar"),
    ]
    approve(
        OfficerFactory(), submitted_by(focal_point_of(review, Side.UNDER_REVIEW), review.state_under_review, *people)
    )
    return review


def open_account(page: Page, live_server: LiveServer, address: str) -> None:
    """Follow the link of the mail, and lead on to the page of the second factor."""
    page.goto(live_server.url + activation_path(address))
    assert_accessible(page)
    page.fill("[name=password]", PASSPHRASE)
    page.fill("[name=password_again]", PASSPHRASE)
    page.check("[name=accept]")
    page.click(SUBMIT)
    page.locator("#second-factor-note a").click()
    assert_accessible(page)


def opens_the_review(page: Page, live_server: LiveServer, review: Review, language: str) -> None:
    page.goto(f"{live_server.url}/{language}/untoc/reviews/{review.code}/")
    expect(page.locator(".app-side__code")).to_have_text(review.code)
    expect(page.locator("#second-factor-note")).to_have_count(0)
    assert_accessible(page)


def sign_out(page: Page) -> None:
    page.click(".app-menu--person summary")
    page.click('form[action$="/sign-out/"] button')
    page.wait_for_url(re.compile("/sign-in/"))


@pytest.mark.usefixtures("worker")
def test_who_was_named_signs_in_with_an_app(browser: Browser, live_server: LiveServer, review: Review) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    open_account(page, live_server, "ana@veskaria.example")
    page.click('a[href$="/security/app/add/"]')
    page.locator("main details summary").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.fill("[name=code]", codes(secret)[0])
    page.click(SUBMIT)
    page.wait_for_url(re.compile("/security/recovery-codes/$"))
    opens_the_review(page, live_server, review, "en")
    sign_out(page)

    page.fill("[name=username]", "ana@veskaria.example")
    page.fill("[name=password]", PASSPHRASE)
    page.locator(SUBMIT).first.click()
    page.fill("[name=code]", codes(secret)[1])
    page.locator(SUBMIT).first.click()
    opens_the_review(page, live_server, review, "en")
    assert User.objects.get(email="ana@veskaria.example").activated_at is not None
    page.close()


@pytest.mark.usefixtures("worker")
def test_who_was_named_signs_in_with_a_passkey(browser: Browser, live_server: LiveServer, review: Review) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    virtual_authenticator(page)
    open_account(page, live_server, "noor@veskaria.example")
    page.click('a[href$="/security/passkeys/add/"]')
    page.fill("[name=name]", "هاتفي")
    page.click(SUBMIT)
    page.wait_for_url(re.compile("/security/recovery-codes/$"))
    opens_the_review(page, live_server, review, "ar")
    sign_out(page)

    page.click("form[data-passkey=sign-in] button")
    page.wait_for_url(re.compile("/ar/$"))
    opens_the_review(page, live_server, review, "ar")
    page.close()
