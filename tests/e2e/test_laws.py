"""A law is entered once, cited by picking its title, repealed, and read beside the answers by a reviewer."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questionnaires.laws.models import Law
from questionnaires.responses.models import Answer
from tests.e2e.conftest import SignIn, assert_accessible
from tests.utils import Cast, clear_answers

pytestmark = pytest.mark.django_db(transaction=True)
ITEM = "I.untoc.1.a"
WORDS = f'[data-question="{ITEM}"] > [data-body]'


def all_saved(page: Page) -> None:
    """In any language."""
    expect(page.locator("[data-overall].app-savebar__state--unsaved")).to_have_count(0)


def enter(page: Page, laws: str, title: str) -> None:
    page.goto(laws)
    assert_accessible(page)
    page.locator("main a[href$='/laws/add/']").click()
    page.fill("[name=title]", title)
    page.fill("[name=number]", "12/1999")
    page.fill("[name=text]", "Article 5. Whoever participates.")
    assert_accessible(page)
    page.locator("main form button[type=submit]").last.press("Enter")
    expect(page.locator("h1")).to_contain_text(title)


def repeal(page: Page) -> None:
    page.locator("main a[href$='/change/']").click()
    page.check("[name=status][value=repealed]")
    page.fill("[name=since]", "2025-05-03")
    page.locator("main form button[type=submit]").last.press("Enter")
    expect(page.locator("main .govuk-tag--purple")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize(
    ("language", "width", "title"),
    [("en", 1280, "Penal Code"), pytest.param("ar", 360, "قانون العقوبات", marks=pytest.mark.prove)],
)
def test_a_law_from_the_library_to_the_reviewer(
    committed_cast: Cast, live_server: LiveServer, sign_in: SignIn, language: str, width: int, title: str
) -> None:
    cast = committed_cast
    root = f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}"
    page = sign_in(cast.expert, language=language, width=width)
    enter(page, f"{root}/laws/", title)
    detail = page.url
    page.goto(f"{root}/response/untoc/article-2/")
    if not page.locator(WORDS).count():
        page.goto(f"{root}/response/untoc/article-5/")
    section = page.url
    assert page.locator("datalist#laws option").evaluate_all("all => all.map(each => each.value)") == [title]
    body = page.locator(WORDS)
    body.locator("textarea").fill("So it is.")
    body.locator("summary").click()
    body.locator("[name$='-law']").first.fill(title)
    body.locator("[name$='-provision']").first.fill("5")
    all_saved(page)
    assert Answer.objects.get().citations == [{"law": title, "provision": "5", "link": ""}]
    page.goto(detail)
    repeal(page)
    page.goto(section)
    expect(page.locator(".app-question__flag")).to_contain_text(title)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert cast.response is not None
    clear_answers(cast.focal_point, cast.response)
    reader = sign_in(cast.same_group_expert, language=language, width=width)
    reader.goto(f"{root}/submission/laws/")
    expect(reader.locator("main .govuk-tag--purple")).to_be_visible()
    reader.locator("main summary").first.click()
    expect(reader.locator("main details[open]")).to_contain_text("Whoever participates.")
    assert_accessible(reader)
    assert Law.objects.get().revision == 2
