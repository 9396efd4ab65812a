"""A later version is published: an officer says where an item goes, and the focal point moves the answers."""

from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from questionnaires.definitions.services import import_version
from questionnaires.margin.models import MarginThread
from questionnaires.responses.models import Answer, Response
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import LANGUAGES, give_passphrases
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.answers.autosave import ARTICLE_2
from tests.questionnaires.answers.test_earlier_pages import move
from tests.questionnaires.definitions.test_mapping import with_item
from tests.questionnaires.editing.drafting import BASE, official
from tests.questionnaires.editing.versions import take_later_versions_back
from tests.utils import make_cast, save

pytestmark = pytest.mark.django_db(transaction=True)
MAIN_BUTTON = "main form button.govuk-button[type=submit]"


@pytest.fixture(autouse=True)
def versions_as_they_were() -> Any:
    yield
    take_later_versions_back()


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_move_to_the_next_version_and_what_has_no_place_is_looked_at(
    language: str, live_server: LiveServer, sign_in: SignIn
) -> None:
    cast = make_cast()
    give_passphrases(cast)
    assert cast.response is not None
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.1", choices=("No",), text="Words that stay.")
    save(cast.response, cast.expert, "I.untoc.4", choices=("No",), text="Words that wait.")
    changed = with_item(official(), "I.untoc.3", text="Is it a crime?")
    import_version(OfficerFactory(), with_item(changed, "I.untoc.4", options=("Always", "Never")))
    width = 1280 if language == "en" else 360
    root = f"{live_server.url}/{language}/"

    officer = sign_in(cast.officer)
    officer.set_viewport_size({"width": width, "height": 900})
    officer.goto(root + BASE.removeprefix("/en/") + "1/versions/1/to/2/")
    expect(officer.locator("#q-I-untoc-3")).to_contain_text("Is it a crime?")
    assert_accessible(officer)
    officer.locator("#q-I-untoc-3 a").click()
    assert_accessible(officer)
    officer.locator(MAIN_BUTTON).click()
    expect(officer.locator("#q-I-untoc-4")).to_be_visible()

    page = sign_in(cast.focal_point)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{root}untoc/reviews/{cast.review.code}/response/")
    assert_accessible(page)
    page.locator("main .govuk-inset-text a").click()
    expect(page.locator("main")).to_contain_text("Words that wait.")
    assert_accessible(page)
    page.locator(MAIN_BUTTON).click()
    expect(page.locator("#q-I-untoc-4")).to_contain_text("Words that wait.")
    assert_accessible(page)
    page.locator(f"#q-I-untoc-4 {MAIN_BUTTON.removeprefix('main ')}").click()
    expect(page.locator("#q-I-untoc-4 form")).to_have_count(0)
    assert_accessible(page)
    assert Response.objects.get().version.number == 2
    assert Answer.objects.get(question__version__number=2, question__code="I.untoc.1").text == "Words that stay."


def test_a_text_that_was_kept_before_the_move_is_offered_and_never_thrown_away_by_itself(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    """Typed for question 1; after the move the same words stand under its code, as the answer to another question."""
    cast = make_cast()
    give_passphrases(cast)
    assert cast.response is not None
    save(cast.response, cast.expert, "I.untoc.2", text="The same words.")
    page = sign_in(cast.expert)
    page.route("**/answers/**", lambda route: route.abort())
    page.goto(f"{live_server.url}{ARTICLE_2}")
    page.evaluate("for (const each of document.querySelectorAll('[data-words]')) each.open = true")
    typed = page.locator('[data-question="I.untoc.1"]')
    typed.locator("textarea").first.press_sequentially("The same words.")
    expect(typed.locator("[data-status]")).to_contain_text("It is kept in this browser", timeout=15_000)
    context = page.context
    page.close()
    move(cast)
    for _look in range(2):
        page = context.new_page()
        page.goto(f"{live_server.url}{ARTICLE_2}")
        offer = page.locator('[data-question="I.untoc.1"] .app-draft')
        expect(offer).to_contain_text("The same words.")
        expect(offer).to_contain_text("It was written for an earlier version of the questionnaire.")
        page.close()


def test_a_note_that_was_kept_before_the_move_is_sent_for_the_question_of_now_only_when_it_was_seen(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    cast = make_cast()
    give_passphrases(cast)
    page = sign_in(cast.expert)
    notes = f"{live_server.url}/en/untoc/reviews/{cast.review.code}/response/notes/I.untoc.1/"
    page.goto(notes)
    box, write = page.locator("textarea[name=text]"), page.get_by_role("button", name="Write the note")
    box.press_sequentially("Of which law?")
    expect(page.locator("[data-kept-words]")).not_to_be_empty()
    page.goto("about:blank")
    move(cast)
    page.goto(notes)
    page.get_by_role("button", name="Put it into the form").click()
    expect(box).to_have_value("Of which law?")
    with page.expect_response(lambda reply: reply.request.method == "POST") as refused:
        write.click()
    assert refused.value.status == 422
    expect(page.locator("main")).to_contain_text("has moved to another version of the questionnaire since. Look again.")
    expect(box).to_have_value("Of which law?")
    assert not MarginThread.objects.exists()
    write.click()
    expect(page.locator("main")).to_contain_text("The note is written.")
    assert MarginThread.objects.get().question.version.number == 2
