"""What others answer in our place (a gateway, a page of maintenance, a hotel) decides nothing: it is tried again."""

import pytest
from playwright.sync_api import expect

from questionnaires.responses.models import Answer
from tests.dialogue.exchange.exchange import ARTICLE_5
from tests.e2e.conftest import SignIn, end_sessions
from tests.e2e.faulty_line import FaultyLine
from tests.e2e.writing import WORDS, opened, question, signed_in, writers

pytestmark = pytest.mark.django_db(transaction=True)
FOREIGN = ["401 of a gateway", "403 of a gateway", "404 of a gateway", "maintenance", "to a hotel"]
COMES_BACK = "window.dispatchEvent(new Event('focus'))"
LOCKED = "section.app-lock-out"


@pytest.mark.parametrize("fault", FOREIGN)
def test_an_answer_of_another_server_locks_no_page(fault: str, line: FaultyLine, sign_in: SignIn) -> None:
    page = signed_in(sign_in, writers(), line)
    line.asked = fault
    line.faults.append(fault)
    box = question(page).locator("textarea").first
    box.press_sequentially("one")
    expect(question(page).locator("[data-status]")).to_contain_text("It is kept in this browser and will be sent.")
    with page.expect_response(lambda reply: reply.request.method == "HEAD"):
        page.evaluate(COMES_BACK)
    page.wait_for_timeout(500)
    expect(page.locator(LOCKED)).to_have_count(0)
    expect(box).to_be_editable()
    line.asked = ""
    page.evaluate(COMES_BACK)
    expect(page.locator("[data-overall]")).to_have_text("All answers saved")
    assert Answer.objects.get(question__code=WORDS).text == "one"


@pytest.mark.parametrize("fault", ["403 of a gateway", "404 of a gateway", "to a hotel"])
def test_nor_does_it_lock_the_desk(fault: str, line: FaultyLine, sign_in: SignIn) -> None:
    page = sign_in(writers("written_feedback").same_group_expert)
    page.goto(f"{line.url}{ARTICLE_5}")
    page.locator(".app-desk__row summary").first.click()
    line.asked = fault
    line.faults.append(fault)
    page.locator("form[data-comment] textarea:visible").first.press_sequentially("A thought")
    status = page.locator("form[data-comment]:visible [data-status]").first
    expect(status).to_contain_text("the server did not answer")
    expect(page.locator(LOCKED)).to_have_count(0)
    expect(status).to_contain_text("by Same Group Expert")


def test_where_the_session_has_ended_whoever_comes_back_learns_it(line: FaultyLine, sign_in: SignIn) -> None:
    page = opened(signed_in(sign_in, writers(), line), line)
    end_sessions()
    page.evaluate(COMES_BACK)
    expect(page.locator(LOCKED)).to_contain_text("You have been signed out")
