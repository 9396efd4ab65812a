"""Signing in as people do: app with codes, recovery codes, passkey, and the question before an act that binds."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from core.web.sessions import SessionStore
from questionnaires.responses.enums import ResponseStatus
from tests.accounts.signing import age
from tests.e2e.conftest import SignIn, assert_accessible, assert_part_accessible
from tests.e2e.devices import codes, virtual_authenticator
from tests.e2e.people import LANGUAGES, PASSPHRASE, give_passphrases
from tests.factories.accounts import UserFactory
from tests.utils import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
Address = Callable[[str], str]
SUBMIT = "main form:visible button[type=submit]"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(live_server: LiveServer, language: str) -> Address:
    return lambda path: f"{live_server.url}/{language}/{path}"


def person() -> User:
    user: User = UserFactory()
    user.set_password(PASSPHRASE)
    user.save()
    return user


def sign_out(page: Page) -> None:
    page.click(".app-menu--person summary")
    assert_part_accessible(page, ".app-menu--person")
    page.click('form[action$="/sign-out/"] button')
    page.wait_for_url(re.compile("/sign-in/"))


def give_passphrase(page: Page, user: User) -> None:
    page.fill("input[name=username]", user.email)
    page.fill("input[name=password]", PASSPHRASE)
    page.locator(SUBMIT).first.click()


def test_an_app_is_set_up_and_used_with_recovery_codes(sign_in: SignIn, address: Address, language: str) -> None:
    user = person()
    page = sign_in(user, language=language, by_form=True)
    page.locator("#second-factor-note a").click()
    assert_accessible(page)
    page.click('a[href$="/security/app/add/"]')
    page.locator("main details summary").click()
    assert_accessible(page)
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.fill("input[name=code]", codes(secret)[0])
    page.click(SUBMIT)
    page.wait_for_url(address("security/recovery-codes/"))
    assert_accessible(page)
    kept = page.locator("#codes li").all_inner_texts()
    with page.expect_download() as download:
        page.click("a[download]")
    text = download.value.path().read_text("utf-8")
    assert [code for code in kept if code in text] == kept
    assert len(kept) == 10
    sign_out(page)

    give_passphrase(page, user)
    page.wait_for_url(address("sign-in/second-factor/"))
    assert_accessible(page)
    page.fill("input[name=code]", "000000")
    page.locator(SUBMIT).first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_accessible(page)
    page.fill("input[name=code]", codes(secret)[1])
    page.locator(SUBMIT).first.click()
    page.wait_for_url(address(""))
    expect(page.locator("#second-factor-note")).to_have_count(0)
    sign_out(page)

    give_passphrase(page, user)
    page.fill("input[name=code]", kept[3])
    page.locator(SUBMIT).first.click()
    page.wait_for_url(address(""))


def test_a_passkey_is_added_and_signs_in_alone_and_second(sign_in: SignIn, address: Address, language: str) -> None:
    user = person()
    page = sign_in(user, language=language, by_form=True)
    virtual_authenticator(page)
    page.goto(address("security/passkeys/add/"))
    assert_accessible(page)
    page.fill("input[name=name]", "حاسوب Laptop")
    page.click(SUBMIT)
    page.wait_for_url(address("security/recovery-codes/"))
    page.goto(address("security/"))
    expect(page.get_by_text("حاسوب Laptop").first).to_be_visible()
    assert_accessible(page)
    page.goto(address("security/sessions/"))
    assert_accessible(page)
    sign_out(page)

    page.goto(address("sign-in/?next=/en/states/"))
    page.click("form[data-passkey=sign-in] button")
    page.wait_for_url(re.compile("/en/states/$"))
    sign_out(page)

    page.goto(address("sign-in/"))
    give_passphrase(page, user)
    page.click("form[data-passkey=get] button")
    page.wait_for_url(address(""))


def test_a_browser_without_a_passkey_says_so(sign_in: SignIn, address: Address, language: str) -> None:
    page = sign_in(person(), language=language)
    sign_out(page)
    virtual_authenticator(page)
    problem = page.locator("form[data-passkey=sign-in] [data-problem]")
    expect(problem).to_be_hidden()
    page.click("form[data-passkey=sign-in] button")
    expect(problem).to_be_visible()
    expect(page.locator("form[data-passkey=sign-in] button")).to_be_enabled()
    assert_accessible(page)


def test_clearing_asks_once_more_who_one_is(sign_in: SignIn, live_server: LiveServer, language: str) -> None:
    cast = make_cast("in_clearance")
    give_passphrases(cast)
    page = sign_in(cast.focal_point, language=language)
    with translation.override(language):
        path = reverse("questionnaires:response-clear", args=["untoc", cast.review.code])
    page.goto(f"{live_server.url}{path}")
    age_sign_in(page)
    page.click("main form:has(.app-statement) button[type=submit]")
    page.wait_for_url(re.compile("/sign-in/again/"))
    assert_accessible(page)
    page.fill("input[name=password]", PASSPHRASE)
    page.click(SUBMIT)
    expect(page.locator(".govuk-notification-banner--success")).to_be_visible()
    assert cast.response is not None
    cast.response.refresh_from_db()
    assert cast.response.status == ResponseStatus.SENT


def age_sign_in(page: Page) -> None:
    """Half an hour goes by over the page."""
    [cookie] = [each for each in page.context.cookies() if each.get("name") == "sessionid"]
    age(SessionStore(str(cookie.get("value"))))


def test_the_pages_before_signing_in_are_accessible(live_server: LiveServer, browser: Browser) -> None:
    page = browser.new_page()
    for language in ("en", "ar"):
        for path in ("sign-in", "forgot-password"):
            page.goto(f"{live_server.url}/{language}/{path}/")
            assert_accessible(page)
    page.close()
