"""From an empty folder to the first open review, with no command but the start (docs/users/first-hour.md)."""

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from config.embedded.binaries import wheel_postgres
from config.embedded.folders import temporary_base
from config.embedded.processes import server_account
from tests.browser import CHROMIUM, LAUNCH
from tests.embedded.houses import House
from tools.first_hour import FirstHour, link_in

pytestmark = [pytest.mark.integration, pytest.mark.prove, pytest.mark.xdist_group("first hour")]


@pytest.fixture
def house() -> Iterator[House]:
    programs = wheel_postgres()
    if programs is None or not CHROMIUM:
        pytest.skip("this machine has no PostgreSQL of the wheel, or no Chromium")
    place = Path(tempfile.mkdtemp(prefix="reviews-", dir=temporary_base(server_account())))
    place.chmod(0o711)
    yield House(place / "portal", programs.folder)
    shutil.rmtree(place, ignore_errors=True)


def gone(house: House, said: list[str]) -> list[tuple[str, str]]:
    """Go the first hour in a browser; give what was seen: the name of each stage, and the title of its page."""
    seen: list[tuple[str, str]] = []

    def take(page: Any, name: str) -> None:
        seen.append((name, page.title().split(" – ")[0]))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        page = FirstHour(browser, f"http://localhost:{house.port}", take).go(
            link_in("".join(said)), house.data / "mail"
        )
        seen.append(("name", page.inner_text(".app-bar__name")))
        browser.close()
    return seen


def test_an_institution_opens_its_first_review_by_pages_alone(house: House) -> None:
    with house.running() as said, ThreadPoolExecutor(1) as apart:  # Playwright's loop stays out of this thread
        seen = apart.submit(gone, house, list(said)).result()
    assert seen == [
        ("amina-begins", "Begin"),
        ("steps", "My work"),
        ("looks", "Logo and colours"),
        ("mail", "See that mails arrive"),
        ("colleague", "Add a member of the secretariat"),
        ("olga-begins", "Begin"),
        ("mechanisms", "Mechanism"),
        ("mechanism", "Load this mechanism"),
        ("programme", "What would change"),
        ("opening", "Open a review"),
        ("review", "Review of Kenya"),
        ("name", "Peer Review of the Examplian Union"),
    ]
    ((code, phase_begins),) = house.sql("SELECT code, starts_on > current_date FROM reviews_review")
    assert (code, phase_begins) == ("1-KEN", True)
