"""Two colleagues at one section: what one saves arrives at the other, whose cursor, words and place stay."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from questionnaires.responses.models import Answer
from reviews.participants.services import end_contributor
from tests.e2e.conftest import SignIn, assert_accessible, assert_fits
from tests.e2e.questionnaire import all_saved
from tests.questionnaires.ministries.ministries import send
from tests.utils import Cast, make_cast, save

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, SECOND = (f'[data-question="I.untoc.{code}"]' for code in ("5.a", "3"))
WORDS = "The Criminal Code applies to all of this, as amended in 2021."


def hears(page: Page) -> None:
    """What the page asks every few seconds it asks now."""
    with page.expect_response(lambda reply: "/together/?" in reply.url and "gone" not in reply.url):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(300)


def opened(sign_in: SignIn, live_server: LiveServer, cast: Cast, name: str, **given: object) -> Page:
    page = sign_in(cast.people[name], **given)
    language = given.get("language", "en")
    page.goto(f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}/response/untoc/article-5/")
    return page


def write(page: Page, question: str, words: str) -> None:
    page.locator(f"{question} textarea").fill(words)
    page.locator(f"{question} textarea").blur()
    all_saved(page)


def test_a_save_arrives_in_place_and_nothing_moves(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = make_cast()
    mine = opened(sign_in, live_server, cast, "expert")
    theirs = opened(sign_in, live_server, cast, "second_expert")
    box = mine.locator(f"{FIRST} textarea")
    box.scroll_into_view_if_needed()
    box.focus()
    theirs.locator(f"{SECOND} input[value=Yes]").check()
    write(theirs, FIRST, WORDS)

    hears(mine)
    expect(box).to_have_value(WORDS)
    expect(box).to_be_focused()
    expect(mine.locator(f"{FIRST} [data-status]")).to_contain_text("Changed by Second Expert")
    expect(mine.locator(f"{SECOND} input[value=Yes]")).to_be_checked()
    expect(mine.locator('[data-question="I.untoc.3.a"]')).to_be_visible()  # a follow-up
    expect(mine.locator("[data-overall]")).to_have_text("All answers saved")

    box.evaluate("each => each.setSelectionRange(4, 4)")
    at = box.bounding_box()
    write(theirs, FIRST, f"{WORDS} It was amended once more in 2024.")
    hears(mine)
    expect(box).to_have_value(f"{WORDS} It was amended once more in 2024.")
    assert box.evaluate("each => each.selectionStart") == 4
    assert box.bounding_box()["y"] == pytest.approx(at["y"], abs=2)
    assert Answer.objects.filter(saved_by=cast.expert).count() == 0  # what arrived was not saved again


def test_what_is_being_typed_stays_and_both_ends_are_put_together(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = make_cast()
    save(cast.response, cast.focal_point, "I.untoc.5.a", text=WORDS)
    mine = opened(sign_in, live_server, cast, "expert")
    theirs = opened(sign_in, live_server, cast, "second_expert")
    box = mine.locator(f"{FIRST} textarea")
    mine.route("**/answers/**", lambda route: route.abort())  # so that the save waits
    box.focus()
    mine.keyboard.press("Control+End")
    mine.keyboard.type(" And at this end.")
    write(theirs, FIRST, f"At that end. {WORDS}")

    hears(mine)
    expect(mine.locator(f"{FIRST} [data-meanwhile]")).to_contain_text("Second Expert")
    expect(box).to_have_value(f"{WORDS} And at this end.")
    mine.unroute("**/answers/**")
    mine.evaluate("window.dispatchEvent(new Event('online'))")
    expect(box).to_have_value(f"At that end. {WORDS} And at this end.")
    all_saved(mine)
    expect(mine.locator("[data-meanwhile]")).to_have_count(0)
    assert Answer.objects.get().text == f"At that end. {WORDS} And at this end."


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_each_sees_who_is_here_and_where(live_server: LiveServer, sign_in: SignIn, language: str, width: int) -> None:
    cast = make_cast()
    theirs = opened(sign_in, live_server, cast, "second_expert")
    mine = opened(sign_in, live_server, cast, "expert", language=language, width=width)
    theirs.locator(f"{FIRST} textarea").focus()
    hears(theirs)
    hears(mine)
    expect(mine.locator(".app-here")).to_contain_text("Second Expert")
    expect(mine.locator(f"{FIRST} [data-here]")).to_contain_text("Second Expert")
    assert_accessible(mine)
    assert_fits(mine, width)
    theirs.close()
    mine.wait_for_timeout(300)
    hears(mine)
    expect(mine.locator(".app-here")).to_be_hidden()


def test_a_contributor_who_is_ended_while_typing_is_told_and_keeps_the_words(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    cast = make_cast()
    send(cast)
    page = sign_in(cast.contributor)
    page.goto(f"{live_server.url}/en/untoc/reviews/{cast.review.code}/response/firearms/article-3/")
    page.route("**/answers/**", lambda route: route.abort())
    question = page.locator('[data-question="I.firearms.68"]')
    question.locator("details[data-words]").evaluate("each => (each.open = true)")
    question.locator("textarea").fill("By the Firearms Act.")
    end_contributor(actor=cast.focal_point, participation=cast.participations["contributor"])
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("main > :first-child")).to_contain_text("Your access to this review has ended")
    expect(page.locator("main > :first-child textarea")).to_have_value(re.compile("By the Firearms Act"))
    expect(question.locator("textarea")).to_have_attribute("readonly", "")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_margin_notes_are_written_answered_and_resolved_also_without_scripts(
    live_server: LiveServer, sign_in: SignIn, language: str, width: int
) -> None:
    cast = make_cast()
    send(cast)
    response = f"{live_server.url}/{language}/untoc/reviews/{cast.review.code}/response/"
    notes = f"{response}notes/I.firearms.68/"
    expert = sign_in(cast.expert, language=language, width=width)
    expert.goto(f"{response}firearms/article-3/")
    expert.locator(f'[data-question="I.firearms.68"] a[href$="{notes.removeprefix(live_server.url)}"]').click()
    expert.wait_for_url(notes)
    expert.fill("textarea[name=text]", "Please name the Act.")
    expert.select_option("select[name=to]", str(cast.participations["contributor"].pk))
    assert_accessible(expert)
    assert_fits(expert, width)
    expect(expert.locator("[data-kept-words]")).not_to_be_empty()
    length = "document.documentElement.scrollHeight"
    before = expert.evaluate(length)
    expert.locator("textarea[name=text]").dispatch_event("change")  # as pressing the button does, by leaving the box
    assert expert.evaluate(length) == before, "The end of a page that grows shorter moves the button."
    expert.locator("main form button.govuk-button").last.click()
    expect(expert.locator(".app-thread")).to_contain_text("Please name the Act.")
    assert_accessible(expert)
    assert_fits(expert, width)

    ministry = sign_in(cast.contributor, language=language, width=width, javascript=False)
    ministry.goto(f"{response}notes/")
    expect(ministry.locator(".app-thread")).to_contain_text("Please name the Act.")
    assert_fits(ministry, width)
    ministry.goto(notes)
    ministry.locator(".app-thread__acts a").click()
    ministry.fill("textarea[name=text]", "The Firearms Act.")
    ministry.locator("main form button.govuk-button").click()
    expect(ministry.locator(".app-thread")).to_contain_text("The Firearms Act.")

    expert.goto(f"{response}?show=notes")
    expect(expert.locator(".app-missing__item")).to_have_count(1)
    assert_accessible(expert)
    expert.goto(notes)
    expert.locator(".app-thread__acts button").click()
    expect(expert.locator(".app-thread--resolved")).to_have_count(1)
    assert_accessible(expert)
    expert.goto(f"{response}firearms/article-3/changes/")
    assert_accessible(expert)
    assert_fits(expert, width)


def test_colleagues_at_the_desk_see_each_other_and_in_which_question(live_server: LiveServer, sign_in: SignIn) -> None:
    cast = make_cast("written_feedback")
    desk = f"{live_server.url}/en/untoc/reviews/{cast.review.code}/desk/untoc/article-5/"
    theirs = sign_in(cast.same_group_focal_point)
    theirs.goto(desk)
    row = theirs.locator('[data-at="I.untoc.4"]')
    row.locator("summary").first.click()
    row.locator("textarea").first.focus()
    hears(theirs)
    mine = sign_in(cast.same_group_expert)
    mine.goto(desk)
    hears(mine)
    here = mine.locator("[data-together]")
    expect(here).to_contain_text("Same Group Focal Point · question 4", use_inner_text=True)
    assert_accessible(mine)
    assert_fits(mine, 1280)
    theirs.goto(f"{live_server.url}/en/")  # leaves the page
    hears(mine)
    expect(here).to_be_hidden()
