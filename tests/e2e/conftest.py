"""A real browser on a real server with a real worker behind it."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from celery.contrib.testing.worker import start_worker
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from accounts.people.models import User
from config.celery import app as celery_app
from core.web.sessions import SessionStore
from tests.browser import AXE_OPTIONS, CHROMIUM, IS_CI, LAUNCH
from tests.conftest import Stage
from tests.e2e.faulty_line import FaultyLine, faulty_line
from tests.e2e.people import PASSPHRASE, give_passphrases
from tests.utils import Cast, login_as, make_cast

# Playwright's loop runs in this thread; Django must not take that for asynchronous code. In this folder only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# What is waited for comes at once where nothing else runs; three processes on two processors take their time.
PATIENCE = 15_000  # milliseconds
expect.set_options(timeout=PATIENCE)


# Each of these journeys runs every day. Of another file the first one does, and the others are proofs.
EVERY_DAY = {"test_autosave.py", "test_sign_in.py"}


def _is_every_day(item: pytest.Item, first: dict[Path, str]) -> bool:
    if item.path.name in EVERY_DAY or "playwright" not in getattr(item, "fixturenames", ()):
        return True
    name = item.nodeid.partition("[")[0]
    return first.setdefault(item.path, name) == name


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the journeys are skipped, and say so; on CI that is an error instead.

    Two processes share them, every other file each, so that neither starts more than one browser nor waits at the end.
    """
    here = Path(__file__).parent
    places = {path: place for place, path in enumerate(sorted(here.glob("test_*.py")))}
    first: dict[Path, str] = {}
    for item in items:
        if item.path not in places:
            continue
        item.add_marker(pytest.mark.e2e)
        if not _is_every_day(item, first):
            item.add_marker(pytest.mark.prove)
        item.add_marker(pytest.mark.xdist_group(f"browser {places[item.path] % 2 + 1}"))
        if not CHROMIUM and not IS_CI:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: the browser journeys did not run"))


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    """The cast, which a server beside the test sees too; all of it can sign in."""
    cast = make_cast()
    give_passphrases(cast)
    return cast


@pytest.fixture(scope="session")
def _empty_stage(_stage: Stage, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        _stage.clear()


@pytest.fixture(scope="session")
def playwright(
    _empty_stage: None, playwright: Playwright, _stage: Stage, django_db_blocker: DjangoDbBlocker
) -> Iterator[Playwright]:
    """Playwright's loop runs in this thread from here on; the stage is empty before it begins and before it ends."""
    yield playwright
    with django_db_blocker.unblock():
        _stage.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM:
        pytest.fail("Chromium is missing: install Debian's package chromium, or name it in CHROMIUM.")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": LAUNCH}


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A Celery worker on the test's database and the real queue, which leaves the level of the log as it was."""
    root = logging.getLogger()
    level = root.level
    with start_worker(celery_app, perform_ping_check=False, pool="threads", concurrency=2, queues=["default", "pdf"]):
        root.setLevel(level)
        yield


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[FaultyLine]:
    with faulty_line(live_server.url) as line:
        yield line


SignIn = Callable[..., Page]


def begin_session(context: BrowserContext, user: User, url: str) -> None:
    """Give the browser the cookie of a session that has just begun."""
    client = login_as(Client(), user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def end_sessions() -> None:
    """Everybody is signed out: the row and what is kept of it in the cache."""
    for key in Session.objects.values_list("session_key", flat=True):
        SessionStore(key).delete()


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer) -> Iterator[SignIn]:
    """``sign_in(user, language="en", width=1280, javascript=True)`` opens a browser of the person's own, signed in.

    Not by the form, which has journeys of its own, unless ``by_form``. Any error on the page's console or of its
    scripts fails the test in the end.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_for(
        user: User, *, language: str = "en", width: int = 1280, javascript: bool = True, by_form: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if by_form:
            page.goto(f"{live_server.url}/{language}/sign-in/")
            page.fill("input[name=username]", user.email)
            page.fill("input[name=password]", PASSPHRASE)
            page.click("main button[type=submit]")
            page.wait_for_url(f"{live_server.url}/{language}/")
        else:
            begin_session(context, user, live_server.url)
            page.goto(f"{live_server.url}/{language}/")
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of nobody, for what needs no server. Any error of its scripts fails the test in the end."""
    complaints: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert complaints == []


def _await_arrival(page: Page) -> None:
    """A click returns once the next page is on its way; a question put to it before it has a body fails."""
    page.wait_for_load_state("load")


def await_end_of_cookie(page: Page, name: str) -> None:
    """Wait until no cookie has ``name`` in its name.

    Not by ``wait_for_function``: from its second look on it is an ``eval``, which the policy of the page forbids.
    """
    for _ in range(200):
        if not any(name in cookie.get("name", "") for cookie in page.context.cookies()):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{name} is still there")


def assert_fits(page: Page, width: int) -> None:
    """Nothing on the page is wider than ``width`` pixels."""
    _await_arrival(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def assert_part_accessible(page: Page, selector: str) -> None:
    """What lies over a page for a moment, such as a menu that is open."""
    results = Axe().run(page, context=selector, options=AXE_OPTIONS)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def assert_accessible(page: Page) -> None:
    """The baseline of every page: axe at WCAG 2.2 AA, a title, one h1, no two links of the same words elsewhere."""
    _await_arrival(page)
    results = Axe().run(page, options=AXE_OPTIONS)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
    assert page.title()
    assert page.locator("h1").count() == 1, page.url
