"""A person whose link has run out asks for another one, opens the account, and finds the others in the directory."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone, translation
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.invitations.links import LinkKind, make_link_token
from accounts.people.models import User
from reviews.cases.enums import ParticipationRole
from tests import utils
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.mails import activation_path
from tests.e2e.people import LANGUAGES_AND_WIDTHS, give_passphrases
from tests.factories.accounts import InvitedFactory
from tests.permissions.pieces import PDF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("language", "width"), LANGUAGES_AND_WIDTHS)
@pytest.mark.usefixtures("worker")
def test_from_a_link_that_has_run_out_to_the_directory(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    review = utils.make_review("consultations", state="XVE")
    invited = InvitedFactory(email="noor@veskaria.example", full_name="Noor Haddad", language=language)
    utils.register(review, invited, review.state_under_review, ParticipationRole.OBSERVER)
    with time_machine.travel(timezone.now() - dt.timedelta(days=11), tick=False):
        token = make_link_token(LinkKind.ACTIVATION, invited)
    context = browser.new_context(viewport={"width": width, "height": 900}, timezone_id="Asia/Amman")
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/activate/{token}/")
    assert token not in page.url
    assert_accessible(page)
    page.locator("main button[type=submit]").click()
    expect(page.locator("#messages .govuk-notification-banner--success")).to_be_visible()

    page.goto(live_server.url + activation_path("noor@veskaria.example"))
    assert_accessible(page)
    expect(page.locator("[name=time_zone]")).to_have_value("Asia/Amman")
    page.locator("[name=password]").fill("seven-geese-cross-the-bay")
    page.locator("[name=password_again]").fill("seven-geese-cross-the-bay")
    page.locator("[name=accept]").check()
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{live_server.url}/{language}/")
    user = User.objects.get(pk=invited.pk)
    assert (user.status, user.time_zone) == ("active", "Asia/Amman")

    page.goto(f"{live_server.url}/{language}/directory/")
    with translation.override(language):
        expect(page.locator("main")).to_contain_text(review.state_under_review.name)
    assert_accessible(page)
    context.close()


def test_a_staff_session_stands_on_every_page_until_it_is_ended(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = utils.make_cast("consultations")
    give_passphrases(cast)
    page = sign_in(cast.officer)
    account = f"{live_server.url}/en/accounts/{cast.expert.pk}/"
    page.goto(account)
    assert_accessible(page)
    page.get_by_role("link", name="Begin a staff session").click()
    assert_accessible(page)
    page.locator("[name=reason]").fill("Note verbale 7 asks for another address.")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(account)
    page.get_by_role("button", name="Ask for a change of the e-mail address").click()
    page.locator("[name=email]").fill("expert.new@veskaria.example")
    page.locator("[name=number]").fill("NV 7")
    page.locator("[name=scan]").set_input_files({"name": "note.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/access-requests/"))
    expect(page.locator("main")).to_contain_text("expert.new@veskaria.example")
    assert_accessible(page)
    page.goto(f"{live_server.url}/en/states/XVE/staff-sessions/")
    expect(page.locator("main")).to_contain_text("Asked for: Change the e-mail address of an account")
    assert_accessible(page)
    page.get_by_role("button", name="End the staff session").click()
    expect(page.locator(".app-staff-banner")).to_have_count(0)
