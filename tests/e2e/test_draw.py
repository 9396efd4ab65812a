"""Two officers take a draw from the frozen input to the open reviews, in both directions; then anybody checks it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from lots.ceremony.seeding import commitment_to
from lots.draws.models import Draw
from reviews.cases.models import Review
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import LANGUAGES, PASSPHRASE
from tests.factories.accounts import OfficerFactory

pytestmark = pytest.mark.django_db(transaction=True)
MAIN_BUTTON = "main form button[type=submit]:visible"


@dataclass
class Officer:
    """An officer with a browser open on the draws; ``root`` is the address of the list."""

    page: Page
    root: str

    def go(self, path: str) -> None:
        self.page.goto(f"{self.root}{path}")

    def look(self, path: str) -> None:
        self.go(path)
        assert_accessible(self.page)

    def press(self, **value: str) -> None:
        """Press the button of the page's form; ``act`` names one of several."""
        act = f"[value={value['act']}]" if value else ""
        self.page.locator(f"{MAIN_BUTTON}{act}").last.click()
        self.page.wait_for_load_state()

    def succeeds(self) -> None:
        expect(self.page.locator(".govuk-notification-banner--success")).to_be_visible()


@pytest.fixture
def two(sign_in: SignIn, live_server: LiveServer, language: str) -> tuple[Officer, Officer]:
    keeper, runner = (Officer(sign_in(_officer(), language=language), _root(live_server, language)) for _each in "ab")
    return keeper, runner


def _officer() -> User:
    user: User = OfficerFactory()
    user.set_password(PASSPHRASE)
    user.save()
    return user


def _root(live_server: LiveServer, language: str) -> str:
    return f"{live_server.url}/{language}/untoc/draws/"


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_officers_draw_lots_and_anybody_checks_them(
    two: tuple[Officer, Officer], browser: Browser, live_server: LiveServer, language: str, tmp_path: Path
) -> None:
    keeper, runner = two
    _prepare(keeper)
    draw = Draw.objects.get()
    keeper.look(f"{draw.code}/announce/")
    keeper.page.fill("[name=public_values]", "The closing value of the index on the last working day of the month.")
    keeper.press()
    keeper.succeeds()
    _record_seed(keeper, draw)
    keeper.look(f"{draw.code}/")
    expect(keeper.page.locator(".app-act .govuk-button[disabled]")).to_have_count(1)  # another officer runs the draw
    for act in ("run", "publish"):
        runner.look(f"{draw.code}/{act}/")
        runner.press()
        runner.succeeds()
    expect(runner.page.locator(".app-steps__item--done")).to_have_count(5, timeout=60_000)  # the page follows by itself
    assert_accessible(runner.page)
    assert Review.objects.filter(phase__number=3).count() == 25
    _check_as_anybody(browser, live_server, language, draw, tmp_path)


def _prepare(officer: Officer) -> None:
    officer.look("")
    officer.look("prepare/")
    page = officer.page
    officer.press(act="report")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_accessible(page)
    page.select_option("[name=phase]", "3")
    page.check("[name=kind][value=training]")
    page.fill("[name=as_of]", "2024-11-01")
    page.fill("[name=consent]", "XAL, XVE")
    page.press("[name=as_of]", "Enter")
    expect(page.locator("#report")).to_be_visible()
    assert_accessible(page)
    assert Draw.objects.count() == 0
    officer.press(act="freeze")
    officer.succeeds()


def _record_seed(officer: Officer, draw: Draw) -> None:
    parts = list(draw.seed_parts.order_by("order"))
    officer.look(f"{draw.code}/seed/{parts[0].source}/commit/")
    for number, part in enumerate(parts[:-1]):
        officer.go(f"{draw.code}/seed/{part.source}/commit/")
        officer.page.fill("[name=delegate]", f"Delegate {number}")
        officer.page.fill("[name=commitment]", commitment_to(str(number), f"lamp {number}"))
        officer.press()
        officer.succeeds()
    officer.look(f"{draw.code}/seed/{parts[0].source}/reveal/")
    for number, part in enumerate(parts):
        officer.go(f"{draw.code}/seed/{part.source}/reveal/")
        officer.page.fill("[name=value]", str(number))
        if part.regional_group_id:
            officer.page.fill("[name=secret]", f"lamp {number}")
        officer.press()
        officer.succeeds()


def _check_as_anybody(browser: Browser, live_server: LiveServer, language: str, draw: Draw, folder: Path) -> None:
    """Somebody who is not signed in, without scripts and on a small screen, finds a State and verifies the draw."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/{language}/draws/")
    page.locator("main table a").first.click()
    assert_fits(page, 360)
    page.fill("[name=state]", "XVE")
    page.locator(MAIN_BUTTON).first.click()
    expect(page.locator(".app-found__title")).to_have_count(1)
    for link in page.locator(".app-files a").all():
        with page.expect_download() as download:
            link.click()
        download.value.save_as(folder / download.value.suggested_filename)
    context.close()
    done = subprocess.run([sys.executable, "-I", "verify.py", "."], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draw_is_voided_by_a_second_officer(two: tuple[Officer, Officer], language: str) -> None:
    keeper, runner = two
    _prepare(keeper)
    draw = Draw.objects.get()
    keeper.look(f"{draw.code}/void/")
    keeper.press()
    expect(keeper.page.locator(".govuk-error-summary")).to_be_visible()
    keeper.page.fill("[name=reason]", "A State was missing from the input.")
    keeper.press()
    keeper.succeeds()
    runner.look(f"{draw.code}/void/confirm/")
    runner.press()
    runner.succeeds()
    draw.refresh_from_db()
    assert draw.voided_at is not None
