"""Somebody opens the portal while it starts."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import assert_accessible
from tests.embedded.stand_in import standing_in


def test_it_goes_on_by_itself_and_stays_where_nobody_answers(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    with standing_in(tmp_path) as address:
        page.goto(address)
        assert_accessible(page)
        expect(page.get_by_role("progressbar")).to_have_attribute("value", "3")
        (tmp_path / "progress").write_text("9 24")
        expect(page.get_by_role("progressbar")).to_have_attribute("value", "9")
    page.wait_for_timeout(1500)  # in which nobody answers
    expect(page.get_by_role("heading")).to_have_text("The portal is being prepared")
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html><title>x</title><h1>The portal</h1>"))
    expect(page.get_by_role("heading")).to_have_text("The portal")
    assert [fault for fault in faults if "Security Policy" in fault] == []
