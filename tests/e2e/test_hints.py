"""A passage is counted while it is typed, as the server counts it; hints are folded, and lead to their place."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core.language.word_counts import count_words
from tests import utils
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.people import give_passphrases

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = [
    "One law – two laws — and/or cross-border, l’État: 10 500 words",
    "**Bold** words with [a link](https://www.xal.example/law) to them",
    "1. first\n2. second\n\n- third",
    "有关部门应当采取必要措施 UNODC",
    "تتعاون الســـلطات المختصة، وتتبادل المعلومات",
    "Государство-участник № 5",
]


def type_into(page: Page, text: str) -> None:
    """As the editor does, which writes into the field below it."""
    page.locator("#id_text").evaluate(
        "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })); }", text
    )


def test_words_are_counted_and_hints_unfolded(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = utils.make_cast()
    give_passphrases(cast)
    utils.take_cast_to("summary", cast)
    page = sign_in(cast.same_group_focal_point)
    address = f"{live_server.url}/en/untoc/reviews/{cast.review.code}/texts/untoc/summary/"
    page.goto(f"{address}passages/1/")
    budget = page.locator("[data-word-budget]")
    others = int(budget.get_attribute("data-others") or "")
    for sample in SAMPLES:
        type_into(page, sample)
        expect(budget.locator("[data-own]")).to_have_text(str(count_words(sample)))
        expect(budget.locator("[data-all]")).to_have_text(str(others + count_words(sample)))
    expect(budget.locator("[data-over]")).to_be_hidden()
    type_into(page, "word " * 1500)
    expect(budget.locator("[data-own]")).to_have_text("1,500")
    expect(budget.locator("[data-over]")).to_be_visible()

    type_into(page, "Sadly our FIU is poorly staffed.")
    page.locator("button[name=preview]").click()
    expect(page.locator(".app-hints__list li")).to_have_count(3)
    assert_accessible(page)
    page.locator("main form button[type=submit]:not([name])").first.click()
    page.wait_for_url(f"{address}#passages")
    hints = page.locator(".app-hints")
    expect(hints.locator("ul")).to_be_hidden()
    hints.locator("summary").click()
    hints.get_by_role("link").first.click()
    assert "#paragraph-" in page.url
    assert_accessible(page)

    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{address.replace('/en/', '/ar/')}passages/1/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert_fits(page, 360)
    assert_accessible(page)
