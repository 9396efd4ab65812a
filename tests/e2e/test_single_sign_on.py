"""Signing in by a provider in a process of its own, as people do, and the question before an act that binds."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from accounts.single_sign_on.models import IdentityLink, IdentityProvider
from accounts.single_sign_on.secrets import sealed
from core.web.sessions import SessionStore
from tests.accounts.signing import age
from tests.accounts.single_sign_on.provider import Provider
from tests.accounts.single_sign_on.signing_on import person, provider_row
from tests.e2e.conftest import assert_accessible
from tests.e2e.identity_provider.__main__ import ADDRESS, CLIENT, PASSWORD, SECRET
from tests.e2e.people import PASSPHRASE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]


@dataclass
class Running:
    row: IdentityProvider
    ana: User


@pytest.fixture
def running(live_server: LiveServer, settings: Settings, tmp_path: Path) -> Iterator[Running]:
    settings.SITE_URL = live_server.url
    said, key = Provider(), uuid4()
    back = live_server.url + reverse("account_sign_on_callback", args=[key])
    begin = [sys.executable, "-m", "tests.e2e.identity_provider", str(tmp_path), back]
    with subprocess.Popen(begin, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said.issuer = f"http://127.0.0.1:{int(process.stdout.readline())}"
            row = provider_row(said, place=key, client_id=CLIENT, sealed_secret=sealed(SECRET), is_forced=True)
            ana = person()
            ana.set_password(PASSPHRASE)
            ana.save()
            yield Running(row, ana)
        finally:
            process.terminate()


def sign_in_there(page: Page) -> None:
    page.fill("input[name=login]", ADDRESS)
    page.fill("input[name=password]", PASSWORD)
    page.locator("button[type=submit]").click()


def test_a_person_of_a_ministry_signs_in_by_it_alone(page: Page, live_server: LiveServer, running: Running) -> None:
    page.goto(f"{live_server.url}/en/sign-in/?next=/en/profile/")
    assert_accessible(page)
    page.get_by_role("button", name="The Ministry").click()
    sign_in_there(page)
    page.wait_for_url(re.compile("/en/sign-in/"))
    expect(page.locator(".govuk-inset-text")).to_contain_text("The Ministry")
    assert_accessible(page)
    page.fill("input[name=username]", running.ana.email)
    page.fill("input[name=password]", PASSPHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/en/profile/")
    assert IdentityLink.objects.get().user == running.ana

    page.context.clear_cookies(name="sessionid")
    page.goto(f"{live_server.url}/en/sign-in/?next=/en/profile/")
    page.get_by_role("button", name="The Ministry").click()
    page.wait_for_url(f"{live_server.url}/en/profile/")

    cookie = next(each for each in page.context.cookies() if each["name"] == "sessionid")
    age(SessionStore(cookie["value"]))
    page.goto(f"{live_server.url}/en/security/app/add/")
    page.fill("input[name=password]", PASSWORD)  # asked anew, of whom it knows
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(f"{live_server.url}/en/security/app/add/")
    page.goto(f"{live_server.url}/en/security/")
    assert_accessible(page)
