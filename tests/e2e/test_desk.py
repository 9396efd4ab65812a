"""The boxes of the review desk save by themselves, and never say that something is saved which is not."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from dialogue.clarifications.services import discard_clarification
from dialogue.exchange.models import FeedbackComment
from tests import utils
from tests.at_once import save_comment
from tests.dialogue.exchange.exchange import ARTICLE_5, clarification, feedback_of, instrument_of
from tests.e2e.conftest import SignIn, assert_accessible
from tests.e2e.people import give_passphrases
from tests.utils import Cast

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION, BOX = "I.untoc.4", "#q-I-untoc-4-text"
STATE = "#q-I-untoc-4-state"
ROW = f".app-desk__row:has({BOX})"


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    cast = utils.make_cast("written_feedback")
    give_passphrases(cast)
    return cast


def stored() -> str:
    return FeedbackComment.objects.get(question_code=QUESTION).text


def test_a_colleagues_text_is_not_overwritten_by_what_saves_itself(
    committed_cast: Cast, sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in(committed_cast.same_group_expert)
    page.goto(live_server.url + ARTICLE_5)
    page.click(f"{ROW} summary")
    box, status = page.locator(BOX), page.locator(f"{STATE} [data-status]")
    box.press_sequentially("A thought")
    expect(status).to_have_text("Not saved yet")
    expect(status).to_contain_text("by Same Group Expert")
    expect(page.locator("#feedback-words")).to_contain_text("2 of about 10,500 words")
    assert stored() == "A thought"
    save_comment(
        actor=committed_cast.same_group_focal_point,
        feedback=feedback_of(committed_cast.review, committed_cast.same_group_state),
        instrument=instrument_of(QUESTION),
        question_code=QUESTION,
        text="Another thought",
        base=1,
    )
    box.press_sequentially(" more")
    expect(page.locator(f"{STATE} .app-conflict")).to_contain_text("Another thought")
    assert_accessible(page)
    with page.expect_response(lambda response: response.status == 422):
        box.press_sequentially(" and more")
    assert stored() == "Another thought"
    page.click(f"{STATE} button[type=submit]")
    expect(status).to_contain_text("by Same Group Expert")
    assert (stored(), box.input_value()) == ("A thought more and more", "A thought more and more")


def test_a_lost_connection_is_told_and_the_text_stays(
    committed_cast: Cast, sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in(committed_cast.same_group_expert)
    page.goto(live_server.url + ARTICLE_5)
    page.click(f"{ROW} summary")
    box, status = page.locator(BOX), page.locator(f"{STATE} [data-status]")
    page.context.set_offline(True)
    box.press_sequentially("Typed on the train")
    expect(status).to_contain_text("Could not be saved: no connection.")
    page.context.set_offline(False)
    page.click(f"{STATE} button[type=submit]")
    expect(status).to_contain_text("by Same Group Expert")
    assert stored() == "Typed on the train"


def test_a_box_is_saved_without_scripts(committed_cast: Cast, sign_in: SignIn, live_server: LiveServer) -> None:
    page = sign_in(committed_cast.same_group_expert, javascript=False)
    page.goto(live_server.url + ARTICLE_5)
    page.click(f"{ROW} summary")
    page.fill(BOX, "Without scripts")
    page.click(f"{STATE} button[type=submit]")
    assert page.url == f"{live_server.url}{ARTICLE_5}#q-I-untoc-4"
    assert page.locator(BOX).input_value() == "Without scripts"


def test_what_nobody_sees_is_left_out_of_what_is_pasted_and_told(
    committed_cast: Cast, sign_in: SignIn, live_server: LiveServer
) -> None:
    """A refused text is mended by the tick beside it, which stays under the pointer while the editor comes."""
    page = sign_in(committed_cast.same_group_expert)
    page.goto(live_server.url + ARTICLE_5)
    page.click(f"{ROW} summary")
    box = page.locator(BOX)
    paste = """(field, text) => {
      field.focus();
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }"""
    box.evaluate(paste, "The A\u00adct \u202eof 2021\u200b. می\u200cروم")
    expect(box).to_have_value("The Act of 2021. می\u200cروم")
    expect(page.locator(f"{ROW} [data-unseen-note]")).to_have_text(
        "Characters that nobody sees were left out of what you pasted."
    )
    expect(page.locator(f"{STATE} [data-status]")).to_contain_text("by Same Group Expert")
    assert stored() == "The Act of 2021. می\u200cروم"
    box.fill("over\u202eride")
    expect(page.locator(f"{STATE} .govuk-error-message")).to_contain_text("U+202E")
    assert_accessible(page)
    page.check(f"{STATE} [data-remove-unseen]")
    expect(box).to_have_value("override")
    expect(page.locator(f"{STATE} .govuk-error-message")).to_have_count(0)
    assert stored() == "override"


def test_marks_note_filter_request_and_keys_need_no_other_page(
    committed_cast: Cast, sign_in: SignIn, live_server: LiveServer
) -> None:
    page = sign_in(committed_cast.same_group_expert)
    page.goto(live_server.url + ARTICLE_5)
    row = page.locator(ROW)
    row.locator("button[value='ask:1']").click()
    expect(row.locator("button[value='ask:0']")).to_have_attribute("aria-pressed", "true")
    row.locator("[data-tool=note] summary").click()
    row.locator("[data-tool=note] textarea").press_sequentially("Look at 2019.")
    expect(row.locator("[data-tool=note] [data-status]")).to_contain_text("by Same Group Expert")
    page.locator(".app-desk-filters summary").click()
    page.locator(".app-desk-filters").get_by_role("link", name="To ask").click()
    expect(page.locator(".app-desk__row")).to_have_count(1)
    row.locator("[data-tool=ask] summary").click()
    row.locator("[data-tool=ask] textarea").fill("Which court?")
    row.locator("[data-tool=ask] button[type=submit]").click()
    expect(row.locator("[data-tool=request] textarea")).to_have_value("Which court?")
    assert page.url == f"{live_server.url}{ARTICLE_5}?show=ask#q-I-untoc-4", "where the filter stands still"
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("[data-item]:focus, [data-item] :focus")).to_have_count(1)
    assert_accessible(page)


def test_a_request_that_a_colleague_discarded_stops_its_own_box_alone(
    committed_cast: Cast, sign_in: SignIn, live_server: LiveServer
) -> None:
    request = clarification(committed_cast.review, committed_cast.same_group_expert, "Which court?", QUESTION)
    page = sign_in(committed_cast.same_group_expert)
    page.goto(live_server.url + ARTICLE_5)
    row = page.locator(ROW)
    discard_clarification(actor=committed_cast.same_group_focal_point, request=request, base=request.revision)
    row.locator("[data-tool=request] textarea").press_sequentially(" And when?")
    expect(row.locator("[data-tool=request] [data-status]")).to_contain_text("somebody has sent or discarded it.")
    page.click(f"{ROW} [data-tool=draft] summary")
    page.locator(BOX).press_sequentially("A thought")
    expect(page.locator(f"{STATE} [data-status]")).to_contain_text("by Same Group Expert")
    expect(page.locator("section.app-lock-out")).to_have_count(0)
    assert stored() == "A thought"
