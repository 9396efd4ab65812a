"""The cockpit without a script: filter, save the view, choose, preview a reminder, confirm, read the result."""

import os

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core.models import Notification
from reviews.cases.models import TimeChange
from tests import utils
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import LANGUAGES, give_passphrases

pytestmark = pytest.mark.django_db(transaction=True)


def _look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.usefixtures("worker")
def test_an_officer_reminds_many_at_once(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = utils.make_cast()
    give_passphrases(cast)
    page = sign_in(cast.officer, javascript=False)
    page.get_by_role("link", name="Cockpit", exact=True).click()
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.get_by_role("region", name="Timeline of the reviews")).to_be_visible()
    page.get_by_text("Filter, and saved views").click()
    page.locator("[name=step]").select_option("self_assessment")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("main")).to_contain_text("1 review")
    expect(page.locator("main")).not_to_contain_text("1-XMB")

    page.get_by_role("link", name="Save as a view").click()
    page.locator("[name=name]").fill("Answering")
    page.locator("[name=is_shared]").check()
    page.get_by_role("button", name="Save the view").click()
    page.get_by_text("Filter, and saved views").click()
    expect(page.get_by_role("link", name="Answering")).to_be_visible()
    expect(page.get_by_role("list", name="Filters in force")).to_contain_text("Step: Self-assessment")

    page.get_by_label("Choose 1-XVE").check()
    count = page.locator(".app-acts__count .app-chosen")
    assert count.evaluate("each => getComputedStyle(each, '::after').content") == "counter(chosen)"
    page.locator("select[name=kind]").select_option("remind")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.locator("main")).to_contain_text("1 review would be acted on. 1 person would get a mail.")
    expect(page.locator("main")).to_contain_text(cast.focal_point.full_name)
    assert not Notification.objects.filter(template="reviews/due").exists()
    page.get_by_role("button", name="Confirm and do it").click()
    expect(page.locator("main")).to_contain_text("1 review was acted on. 1 mail was sent.")
    assert Notification.objects.filter(template="reviews/due").count() == 1


@pytest.mark.usefixtures("worker")
def test_an_officer_begins_the_day_with_what_is_late(live_server: LiveServer, sign_in: SignIn) -> None:
    """From the first page: the review that is late, the preview of the reminder, its result, and the list of all."""
    cast = utils.make_cast()
    give_passphrases(cast)
    page = sign_in(cast.officer)
    page.get_by_role("link", name="Cockpit", exact=True).click()
    page.get_by_role("link", name="All reviews").click()
    late = page.get_by_role("region", name="Past the indicative date")
    expect(late).to_contain_text("years")
    expect(late).to_contain_text("Waiting for Veskaria")
    assert_accessible(page)
    late.get_by_role("button", name="Remind whoever owes the next act").click()
    expect(page.locator("main")).to_contain_text(cast.focal_point.full_name)
    page.get_by_role("button", name="Confirm and do it").click()
    expect(page.locator("main")).to_contain_text("was acted on")
    page.get_by_role("link", name="Cockpit", exact=True).first.click()
    page.get_by_role("link", name="All reviews").click()
    page.get_by_role("region", name="Past the indicative date").get_by_role("link", name="Open the list").click()
    expect(page.locator("main")).to_contain_text("2 reviews")


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_an_officer_asks_for_more_time_for_many(
    live_server: LiveServer, sign_in: SignIn, language: str, width: int
) -> None:
    """With an error first: what was typed stays, the preview does nothing, and confirming asks the States."""
    cast = utils.make_cast()
    give_passphrases(cast)
    page = sign_in(cast.officer, language=language, width=width)
    page.goto(f"{live_server.url}/{language}/untoc/cockpit/?step=self_assessment&shape=table")
    page.locator("[name=review][value='1-XVE']").check()
    page.locator("select[name=kind]").select_option("extend")
    page.locator(".app-acts button[type=submit]").click()

    page.locator("[name=reason]").fill("The ministries are being moved.")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("#id_days-error")).to_be_visible()
    expect(page.locator("[name=reason]")).to_have_value("The ministries are being moved.")
    assert_accessible(page)
    assert_fits(page, width)
    _look(page, f"{language}-{width}-extend-error")
    page.locator("[name=days]").fill("14")
    page.locator("main form button[type=submit]").last.click()

    expect(page.locator("main")).to_contain_text("The ministries are being moved.")
    for person in (cast.focal_point, cast.same_group_focal_point, cast.other_group_focal_point):
        expect(page.locator("main")).to_contain_text(person.full_name)
    assert not TimeChange.objects.exists()
    assert_accessible(page)
    assert_fits(page, width)
    _look(page, f"{language}-{width}-extend-preview")
    page.locator("form[action$='/confirm/'] button").click()
    expect(page.locator("form[action$='/confirm/']")).to_have_count(0)
    change = TimeChange.objects.get()
    assert (change.review, change.reason) == (cast.review, "The ministries are being moved.")
    assert Notification.objects.filter(template="reviews/news").count() == 3
    _look(page, f"{language}-{width}-extend-done")


@pytest.mark.usefixtures("worker")
def test_an_officer_takes_a_pdf_document_along(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = utils.make_cast()
    give_passphrases(cast)
    page = sign_in(cast.officer)
    page.goto(f"{live_server.url}/en/untoc/cockpit/?step=self_assessment")
    page.get_by_text("Files", exact=True).click()
    page.get_by_role("button", name="Make a PDF document").click()
    expect(page.get_by_role("link", name="Download the document")).to_be_visible(timeout=60_000)
    assert_accessible(page)
    _look(page, "en-1280-pdf")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the document").click()
    assert waiting.value.suggested_filename.endswith("-en.pdf")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/en/untoc/cockpit/?step=self_assessment&all=1")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_the_pages_hold_on_any_screen(live_server: LiveServer, sign_in: SignIn, language: str, width: int) -> None:
    cast = utils.make_cast()
    give_passphrases(cast)
    page = sign_in(cast.officer, language=language, width=width)
    for name in ("?whose=all", "?all=1", "?all=1&shape=table", "steps/", "waiting/", "workload/", "views/"):
        page.goto(f"{live_server.url}/{language}/untoc/cockpit/{name}")
        assert_accessible(page)
        assert_fits(page, width)
        _look(page, f"{language}-{width}-{name.strip('/?').replace('&', '-').replace('=', '')}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_an_act_is_cut_on_a_phone(live_server: LiveServer, sign_in: SignIn, language: str) -> None:
    cast = utils.make_cast("consultations")
    give_passphrases(cast)
    page = sign_in(cast.officer, language=language, width=360)
    for address in ("cockpit/?all=1&shape=table", "cockpit/?all=1", "reviews/"):
        page.goto(f"{live_server.url}/{language}/untoc/{address}")
        lines = page.locator("tbody .app-table__line:visible")
        expect(lines.first).to_be_visible()
        cut = lines.evaluate_all("all => all.filter((each) => each.scrollWidth > each.clientWidth + 1).length")
        assert cut == 0, address
        assert_fits(page, 360)
