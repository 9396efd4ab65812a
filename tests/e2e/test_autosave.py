"""Nothing typed is lost: follow-ups, a link that is down, two people in one answer, an answer sent meanwhile."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Answer, AnswerRevision
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.questionnaire import all_saved
from tests.utils import Cast, clear_answers

pytestmark = pytest.mark.django_db(transaction=True)
PARENT, FOLLOW_UP, WORDS = "I.untoc.3", "I.untoc.3.a", "I.untoc.3.c"


@pytest.fixture
def address(committed_cast: Cast, live_server: LiveServer) -> str:
    return f"{live_server.url}/en/untoc/reviews/{committed_cast.review.code}/response/untoc/article-5/"


def question(page: Page, code: str):  # type: ignore[no-untyped-def]
    return page.locator(f'[data-question="{code}"] > [data-body]')


def choose(page: Page, code: str, option: str) -> None:
    question(page, code).get_by_label(option, exact=True).check()
    all_saved(page)


def stored(cast: Cast, code: str) -> Answer:
    assert cast.response is not None
    question_id = index_of(cast.response.version_id).question_ids[code]
    return Answer.objects.get(response=cast.response, question_id=question_id)


def test_a_follow_up_appears_at_once_and_its_answer_is_kept_while_it_is_not_asked(
    committed_cast: Cast, address: str, sign_in: SignIn
) -> None:
    page = sign_in(committed_cast.expert)
    page.goto(address)
    expect(question(page, FOLLOW_UP)).to_be_hidden()
    choose(page, PARENT, "Yes")
    expect(question(page, FOLLOW_UP)).to_be_visible()
    choose(page, FOLLOW_UP, "Yes")
    question(page, WORDS).locator("textarea").fill("Criminal Code, section 112.")
    all_saved(page)
    assert_accessible(page)
    choose(page, PARENT, "No")
    expect(question(page, WORDS)).to_be_hidden()
    expect(page.locator(f'[data-question="{WORDS}"] [data-kept]')).to_be_visible()
    choose(page, PARENT, "Yes")
    expect(question(page, WORDS).locator("textarea")).to_have_value("Criminal Code, section 112.")
    assert stored(committed_cast, WORDS).text == "Criminal Code, section 112."


def test_words_typed_without_a_connection_survive_a_reload_and_are_sent_when_it_returns(
    committed_cast: Cast, address: str, sign_in: SignIn
) -> None:
    page = sign_in(committed_cast.expert)
    page.goto(address)
    choose(page, PARENT, "Yes")
    choose(page, FOLLOW_UP, "Yes")
    page.context.set_offline(True)
    question(page, WORDS).locator("textarea").fill("Typed on a train.")
    expect(question(page, WORDS).locator("[data-status]")).to_contain_text("no connection")
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    all_saved(page)
    assert stored(committed_cast, WORDS).text == "Typed on a train."


def test_two_people_in_one_answer_both_keep_their_words(committed_cast: Cast, address: str, sign_in: SignIn) -> None:
    first, second = sign_in(committed_cast.expert), sign_in(committed_cast.second_expert)
    first.goto(address)
    choose(first, PARENT, "Yes")
    choose(first, FOLLOW_UP, "Yes")
    second.goto(address)
    question(first, WORDS).locator("textarea").fill("The first expert's words.")
    all_saved(first)
    question(second, WORDS).locator("textarea").fill("The second expert's words.")
    conflict = second.locator("[data-conflict]")
    expect(conflict).to_contain_text("The first expert's words.")
    expect(conflict).to_contain_text("The second expert's words.")
    assert_accessible(second)
    assert stored(committed_cast, WORDS).text == "The first expert's words."
    conflict.get_by_role("button", name="Use mine instead").click()
    all_saved(second)
    assert stored(committed_cast, WORDS).text == "The second expert's words."
    kept = AnswerRevision.objects.filter(answer=stored(committed_cast, WORDS)).values_list("text", flat=True)
    assert set(kept) == {"The first expert's words.", "The second expert's words."}


def test_words_typed_after_the_answers_were_sent_stay_on_the_page(
    committed_cast: Cast, address: str, sign_in: SignIn
) -> None:
    page = sign_in(committed_cast.expert)
    page.goto(address)
    choose(page, PARENT, "Yes")
    choose(page, FOLLOW_UP, "Yes")
    assert committed_cast.response is not None
    clear_answers(committed_cast.focal_point, committed_cast.response)
    textarea = question(page, WORDS).locator("textarea")
    textarea.fill("Too late, but not lost.")
    expect(question(page, WORDS).locator("[data-status]")).to_contain_text("Not saved")
    expect(page.locator("main")).to_contain_text("The answers have been sent; they can no longer be changed.")
    expect(textarea).to_have_value("Too late, but not lost.")


def test_a_section_is_answered_without_javascript(committed_cast: Cast, address: str, sign_in: SignIn) -> None:
    page = sign_in(committed_cast.expert, javascript=False)
    page.goto(address)
    question(page, PARENT).get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    question(page, FOLLOW_UP).get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    question(page, WORDS).locator("textarea").fill("Written without scripts.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Your answers have been saved.")
    assert stored(committed_cast, WORDS).text == "Written without scripts."
