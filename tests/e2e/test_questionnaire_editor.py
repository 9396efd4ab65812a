"""A question gets another wording, a condition and a translation; it is tried out, and another officer publishes it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import seen_of_item
from questionnaires.editing.services import edits
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.drafting import DRAFT, as_given, item_of, make_draft, now
from tests.questionnaires.editing.versions import take_later_versions_back

pytestmark = pytest.mark.django_db(transaction=True)
MAIN_BUTTON = "main form button.govuk-button[type=submit]"


@pytest.fixture(autouse=True)
def versions_as_they_were() -> Any:
    yield
    take_later_versions_back()


def change_the_question(page: Page, draft: str) -> None:
    page.goto(f"{draft}parts/untoc/sections/article-5/")
    assert_accessible(page)
    page.locator("#q-I-untoc-4 .app-editor-acts a").first.click()
    page.fill("[name=text]", "")
    page.locator(MAIN_BUTTON).click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert_accessible(page)
    page.fill("[name=text]", "Is it an offence to organize such a group?")
    page.uncheck("[name=self_assessed]")
    page.locator(MAIN_BUTTON).click()
    expect(page.locator("#q-I-untoc-4")).to_contain_text("Is it an offence to organize such a group?")


def make_it_depend(page: Page, draft: str) -> None:
    """On the answer "No" to the question before it."""
    page.goto(f"{draft}parts/untoc/sections/article-5/I.untoc.4/condition/")
    assert_accessible(page)
    page.select_option("#on", "I.untoc.3")
    page.locator("main form.app-editor-choose button").click()
    page.check("[name=values][value=No]")
    assert_accessible(page)
    page.locator(MAIN_BUTTON).click()
    expect(page.locator("main .govuk-inset-text").first).to_contain_text("3")
    assert_accessible(page)


def try_it_out(page: Page, draft: str) -> None:
    page.goto(f"{draft}bench/")
    assert_accessible(page)
    page.goto(f"{draft}bench/untoc/article-5/")
    assert page.locator("div#q-I-untoc-4").count() == 0
    page.locator("div#q-I-untoc-3").get_by_label("No", exact=True).check()
    expect(page.locator("div#q-I-untoc-4")).to_be_visible()
    assert_accessible(page)


def translate(page: Page, draft: str) -> None:
    page.goto(f"{draft}translations/fr/untoc/article-5/")
    page.locator("main textarea").first.fill("Article 5. Incrimination")
    assert_accessible(page)
    page.locator(MAIN_BUTTON).click()
    assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_questionnaire_is_edited_tried_out_and_published_by_another_officer(
    live_server: LiveServer, sign_in: SignIn, language: str
) -> None:
    page = sign_in(OfficerFactory(), language=language)
    home = f"{live_server.url}/{language}/untoc/questionnaires/"
    page.goto(home)
    assert_accessible(page)
    page.locator("main form button[type=submit]").first.click()
    draft = f"{home}1/draft/"
    expect(page).to_have_url(draft)
    assert_accessible(page)
    change_the_question(page, draft)
    make_it_depend(page, draft)
    try_it_out(page, draft)
    translate(page, draft)
    page.goto(f"{draft}differences/")
    assert_accessible(page)
    stored = now(QuestionnaireDraft.objects.get())
    assert item_of(stored, "I.untoc.4").condition == {
        "op": "in",
        "code": "I.untoc.3",
        "values": ["No"],
        "source": "the answer to question 3 is “No”",
    }
    second = sign_in(OfficerFactory(), language=language)
    second.goto(f"{draft}publish/")
    assert_accessible(second)
    second.locator(MAIN_BUTTON).click()
    expect(second).to_have_url(home)
    assert_accessible(second)
    assert QuestionnaireDraft.objects.count() == 0


def type_and_leave(page: Page, address: str, text: str) -> None:
    """A text is typed and kept in the browser, and its page is closed."""
    page.goto(address)
    page.fill("[name=text]", text)
    expect(page.locator("[data-kept-words]")).not_to_be_empty()
    page.close()


def take_up(page: Page, address: str, text: str) -> None:
    """The page once more, where the text is offered, and sent."""
    page.goto(address)
    page.locator(".app-draft [data-use]").click()
    expect(page.locator("[name=text]")).to_have_value(text)
    page.locator(MAIN_BUTTON).click()


def test_a_kept_text_is_taken_up_but_does_not_overwrite_a_colleague_who_wrote_meanwhile(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    officer = OfficerFactory()
    draft = make_draft(officer)
    address = f"{live_server.url}{DRAFT}parts/untoc/sections/article-5/I.untoc.3/change/"
    first = sign_in(officer)
    type_and_leave(first, address, "Typed on the train")
    page = first.context.new_page()
    take_up(page, address, "Typed on the train")
    expect(page.locator("#q-I-untoc-3")).to_contain_text("Typed on the train")
    item = item_of(now(draft), "I.untoc.3")
    type_and_leave(page, address, "Typed on the way back")
    theirs = as_given(item, text="A colleague's words")
    edits.change_item(actor=OfficerFactory(), draft=draft, code=item.code, given=theirs, seen=seen_of_item(item))
    page = first.context.new_page()
    take_up(page, address, "Typed on the way back")
    expect(page.locator("main")).to_contain_text("A colleague's words")
    expect(page.locator("[name=text]")).to_have_value("Typed on the way back")
    assert item_of(now(draft), "I.untoc.3").text == "A colleague's words"
    assert_accessible(page)
    page.locator(MAIN_BUTTON).click()
    expect(page.locator("#q-I-untoc-3")).to_contain_text("Typed on the way back")
