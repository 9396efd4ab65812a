"""The journal of the browser where things go wrong one after the other."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from dialogue.exchange.models import FeedbackComment
from observations.texts.models import Observation
from tests.dialogue.exchange.exchange import ARTICLE_5, REVIEW
from tests.e2e.conftest import SignIn
from tests.e2e.faulty_line import FaultyLine
from tests.e2e.schedules import Person, Said
from tests.e2e.writing import SECTION, opened, question, signed_in, writers
from tests.utils import save, set_common_room

pytestmark = pytest.mark.django_db(transaction=True)
BOX = "#q-I-untoc-4-text"
ROW = f".app-desk__row:has({BOX})"
STATE = "#q-I-untoc-4-state"
ADD = f"{REVIEW}observations/add/untoc/"
# The store is busy with something else for some seconds.
BUSY = """seconds => new Promise((begun) => {
  indexedDB.open("drafts").onsuccess = ({ target }) => {
    const texts = target.result.transaction("texts", "readwrite").objectStore("texts");
    const end = Date.now() + seconds * 1000;
    const turn = () => Date.now() < end && (texts.count().onsuccess = turn);
    turn();
    begun();
  };
})"""
FULL = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""


def test_a_kept_answer_stays_until_it_is_on_disk_anew(playwright: Playwright, line: FaultyLine, tmp_path: Path) -> None:
    """The disk is full when it is put into the form, and the browser is killed before it is sent."""
    cast = writers()
    save(cast.response, cast.expert, "I.untoc.4", choices=("Yes",))
    person = Person(playwright, cast.expert, SECTION, line, tmp_path / "profile")
    (page,) = person.pages
    line.faults.extend(["no request"] * 99)
    question(page).locator("textarea").first.press_sequentially("Typed on a train")
    expect(question(page).locator("[data-status]")).to_contain_text("It is kept in this browser")
    person.kill_browser()
    person.open_browser()
    (page,) = person.pages
    page.evaluate(FULL)
    question(page).locator(".app-draft [data-use]").click()
    expect(question(page).locator("[data-status]")).to_contain_text("This browser cannot keep it")
    person.kill_browser()
    person.open_browser()
    (page,) = person.pages
    expect(question(page).locator(".app-draft")).to_contain_text("Typed on a train")
    line.faults.clear()
    question(page).locator(".app-draft [data-use]").click()
    expect(page.locator("[data-overall]")).to_have_text("All answers saved")
    person.look(page)
    expect(question(page).locator(".app-draft")).to_have_count(0)
    person.kill_browser()


def test_ones_own_comment_whose_reply_was_lost_is_no_colleagues_after_a_kill(
    playwright: Playwright, line: FaultyLine, tmp_path: Path
) -> None:
    """Two texts have arrived without a reply, and the third has not."""
    person = Person(playwright, writers("written_feedback").same_group_expert, ARTICLE_5, line, tmp_path / "profile")
    (page,) = person.pages
    box, status = page.locator(BOX), page.locator(f"{STATE} [data-status]")
    page.locator(f"{ROW} summary").first.click()
    line.faults.extend(["cut head"] * 9)
    for number, typed in enumerate(("One", ", two", ", three"), 1):
        if number == 3:
            line.faults.clear()
            line.faults.extend(["no request"] * 9)
        box.press_sequentially(typed)
        expect(status).to_contain_text("Not saved yet")
        expect(status).to_contain_text("It is kept in this browser", timeout=15_000)
    assert FeedbackComment.objects.get().text == "One, two"
    person.kill_browser()
    line.faults.clear()
    person.open_browser()
    (page,) = person.pages
    page.locator(f"{ROW} .app-draft [data-use]").click()
    expect(page.locator(BOX)).to_have_value("One, two, three")
    page.locator(f"{STATE} button[type=submit]").first.click()
    expect(page.locator(f"{STATE} [data-status]")).to_contain_text("by Same Group Expert")
    assert page.locator(f"{STATE} .app-conflict").count() == 0
    assert FeedbackComment.objects.get().text == "One, two, three"
    person.kill_browser()


def test_who_signs_out_is_asked_where_the_store_does_not_answer(line: FaultyLine, sign_in: SignIn) -> None:
    page = signed_in(sign_in, writers(), line)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.evaluate(BUSY, 4)
    page.locator("details.app-menu:has(form[action$='/sign-out/']) > summary").click()
    page.locator('form[action$="/sign-out/"] button').click()
    page.wait_for_timeout(2000)
    assert ["removed when you sign out" in message for message in asked] == [True]
    assert page.url.endswith(SECTION)


def test_the_browser_is_asked_once_to_let_the_journal_last(line: FaultyLine, sign_in: SignIn) -> None:
    page = sign_in(writers().expert)
    page.add_init_script("StorageManager.prototype.persist = async () => { window.asked = (window.asked ?? 0) + 1; }")
    opened(page, line)
    assert page.evaluate("window.asked ?? 0") == 0
    for code in ("I.untoc.3", "I.untoc.4"):
        question(page, code).locator("textarea").first.press_sequentially("words")
    expect(page.locator("[data-overall]")).to_have_text("All answers saved")
    assert page.evaluate("window.asked") == 1


@pytest.mark.parametrize(
    "script",
    [
        "delete StorageManager.prototype.persist",
        "StorageManager.prototype.persist = () => { throw new Error('no') }",
        "StorageManager.prototype.persist = () => Promise.reject(new Error('no'))",
    ],
)
def test_a_browser_that_promises_nothing_keeps_as_well(script: str, line: FaultyLine, sign_in: SignIn) -> None:
    page = sign_in(writers().expert)
    page.add_init_script(script)
    opened(page, line)
    line.faults.extend(["500"] * 5)
    question(page).locator("textarea").first.press_sequentially("words")
    expect(question(page).locator("[data-status]")).to_contain_text("It is kept in this browser and will be sent.")
    line.faults.clear()
    expect(page.locator("[data-overall]")).to_have_text("All answers saved")


def add_observation(page: Page, text: str) -> None:
    page.locator("textarea").first.fill(text)
    page.locator('input[name=articles][value="5"]').check()
    page.locator("input[name=heading]").first.check()
    save_form(page)


def save_form(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/observations/(?!add)"))


@pytest.mark.stage("dialogue")
def test_back_and_save_makes_one_thing(line: FaultyLine, sign_in: SignIn) -> None:
    page = sign_in(writers("dialogue").same_group_expert)
    page.goto(f"{line.url}{ADD}")
    add_observation(page, "A thought on article 5")
    page.go_back()
    expect(page.locator("textarea").first).to_have_value("A thought on article 5")
    save_form(page)
    expect(page.locator("main")).to_contain_text("This was done at")
    assert Observation.objects.count() == 1


@pytest.mark.stage("dialogue")
def test_after_back_another_text_makes_another_thing(line: FaultyLine, sign_in: SignIn) -> None:
    """And neither is offered afterwards, for both are on the server."""
    page = sign_in(writers("dialogue").same_group_expert)
    page.goto(f"{line.url}{ADD}")
    add_observation(page, "A thought on article 5")
    page.go_back()
    page.locator("textarea").first.press_sequentially(". Another one")
    save_form(page)
    assert sorted(Observation.objects.values_list("text", flat=True)) == [
        "A thought on article 5",
        "A thought on article 5. Another one",
    ]
    page.goto(f"{line.url}{ADD}")
    page.wait_for_timeout(700)
    expect(page.locator(".app-draft")).to_have_count(0)


@pytest.mark.stage("dialogue")
def test_back_to_a_form_that_did_not_arrive_keeps_its_text(line: FaultyLine, sign_in: SignIn) -> None:
    page = sign_in(writers("dialogue").same_group_expert)
    page.goto(f"{line.url}{ADD}")
    line.faults.append("500")
    page.locator("textarea").first.fill("A thought on article 5")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("body")).to_have_text("Welcome")
    page.go_back()
    expect(page.locator("[data-kept-words]").first).to_contain_text("kept in this browser")
    page.goto(f"{line.url}/en/")
    page.goto(f"{line.url}{ADD}")
    expect(page.locator(".app-draft")).to_have_count(1)
    expect(page.locator(".app-draft")).to_contain_text("A thought on article 5")
    label = page.locator("textarea").first.evaluate("box => box.labels[0].textContent.replace(/\\s+/g, ' ').trim()")
    expect(page.locator(".app-draft [data-about]")).to_have_text(f"· {label}")


@pytest.mark.stage("dialogue")
def test_a_kept_text_goes_to_those_alone_who_were_to_read_it(line: FaultyLine, sign_in: SignIn) -> None:
    """The room was opened to the other reviewing States meanwhile: nothing is saved, and both situations are told."""
    cast = writers("dialogue")
    page = sign_in(cast.same_group_expert)
    page.goto(f"{line.url}{ADD}")
    page.locator("textarea").first.fill("For our own eyes")
    expect(page.locator("[data-kept-words]").first).to_contain_text("kept in this browser")
    page.goto(f"{line.url}/en/")
    set_common_room(cast.review)
    page.goto(f"{line.url}{ADD}")
    page.locator(".app-draft [data-use]").click()
    page.locator('input[name=articles][value="5"]').check()
    page.locator("input[name=heading]").first.check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".app-conflict")).to_contain_text("only your State read this text")
    expect(page.locator(".app-conflict")).to_contain_text("In the common room of the reviewing States")
    expect(page.locator("textarea").first).to_have_value("For our own eyes")
    assert Observation.objects.count() == 0


def test_a_word_that_was_called_kept_is_no_longer_excused() -> None:
    said = Said()
    said.note({"one ", "two "}, kept=set())
    said.note(set(), kept={"one "})
    assert (said.excuses("one "), said.excuses("two ")) == (False, True)
    said.note({"one "}, kept=set())
    assert not said.excuses("one "), "what was promised once is not taken back"
