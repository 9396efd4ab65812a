"""Nothing typed is lost: not by the line, nor the server, nor a tab, nor a browser that is killed."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from accounts.people.models import User
from dialogue.exchange.models import FeedbackComment
from questionnaires.responses.models import Answer
from tests.at_once import save_comment
from tests.dialogue.exchange.exchange import ARTICLE_5, REVIEW, feedback_of, instrument_of
from tests.e2e.conftest import SignIn, assert_accessible, await_end_of_cookie, end_sessions
from tests.e2e.faulty_line import FaultyLine
from tests.e2e.questionnaire import all_saved
from tests.e2e.schedules import BrowserEndedError, Person, Tally, play
from tests.e2e.writing import SECTION, WORDS, opened, question, signed_in, writers
from tests.utils import save

pytestmark = pytest.mark.django_db(transaction=True)
EVERY_DAY = range(3)
IN_A_PROOF = range(3, 23, 10)
SCHEDULES, TOGETHER = int(os.environ.get("SCHEDULES", "0")), 10  # `make prove-drafts`


Note = Callable[[str, object], None]


@dataclass
class Proof:
    """Plays schedules one after the other and notes what came of them."""

    playwright: Playwright
    line: FaultyLine
    folder: Path
    note: Note
    ended: int = 0

    def kept(self, writer: User, seed: int) -> Tally:
        """A schedule whose browser ended by itself says nothing, and is played once more; a second time is a fault."""
        try:
            return play(self.person(writer, f"s{seed}"), seed)
        except BrowserEndedError:
            self.ended += 1
            return play(self.person(writer, f"s{seed}-again"), seed)

    def person(self, writer: User, profile: str) -> Person:
        return Person(self.playwright, writer, SECTION, self.line, self.folder / profile)

    def all_kept(self, seeds: range) -> None:
        cast = writers()
        save(cast.response, cast.expert, WORDS, choices=("Yes",))
        tallies = []
        for seed in seeds:
            tallies.append(self.kept(cast.expert, seed))
            assert not tallies[-1].lost, (seed, tallies[-1])
        figures = {
            "schedules": len(tallies),
            "ended": self.ended,
            "kills": sum(tally.acts.count("kill") + 1 for tally in tallies),
            "faults": self.line.injected,
            "typed": sum(tally.typed for tally in tallies),
            "offered": sum(tally.offered for tally in tallies),
            "told": sum(tally.told for tally in tallies),
            "lost": 0,
        }
        for name, figure in figures.items():
            self.note(name, figure)
        assert figures["typed"] > 20 * len(seeds)


@pytest.fixture
def proof(playwright: Playwright, line: FaultyLine, tmp_path: Path, record_property: Note) -> Proof:
    return Proof(playwright, line, tmp_path, record_property)


def test_no_schedule_loses_a_word(proof: Proof) -> None:
    proof.all_kept(EVERY_DAY)


@pytest.mark.prove
@pytest.mark.parametrize("first", IN_A_PROOF)
def test_none_of_many_schedules_loses_a_word(first: int, proof: Proof) -> None:
    proof.all_kept(range(first, first + TOGETHER))


if SCHEDULES:

    @pytest.mark.prove
    @pytest.mark.parametrize("first", range(1000, 1000 + SCHEDULES, TOGETHER))
    def test_none_of_a_thousand_schedules_loses_a_word(first: int, proof: Proof) -> None:
        proof.all_kept(range(first, first + TOGETHER))


def test_the_guide_says_how_many_are_played() -> None:
    told = f"{len(EVERY_DAY)} in `make test`, {len(IN_A_PROOF) * TOGETHER} in `make prove`"
    assert told in Path("docs/autosave.md").read_text(encoding="utf-8")


# --- what a person sees


@pytest.mark.parametrize("fault", ["no reply", "cut head", "cut body", "page of a hotel", "500", "503"])
def test_after_a_fault_the_page_goes_on_saving_and_speaks_of_no_colleague(
    fault: str, line: FaultyLine, sign_in: SignIn
) -> None:
    cast = writers()
    page = signed_in(sign_in, cast, line)
    box = question(page).locator("textarea").first
    line.faults.append(fault)
    box.press_sequentially("one")
    expect(question(page).locator("[data-status]")).to_contain_text("It is kept in this browser and will be sent.")
    box.press_sequentially(" two")
    all_saved(page)
    assert page.locator("[data-conflict]").count() == 0
    assert Answer.objects.get(question__code=WORDS).text == "one two"


def test_a_text_of_a_page_that_is_gone_is_offered_with_its_time_and_not_sent(line: FaultyLine, sign_in: SignIn) -> None:
    cast = writers()
    page = signed_in(sign_in, cast, line)
    page.context.set_offline(True)
    question(page).locator("textarea").first.press_sequentially("Typed on a train")
    expect(question(page).locator("[data-status]")).to_contain_text("It is kept in this browser")
    second = page.context.new_page()
    # What a page sends while it closes is sent in vain too, also where the browser takes the closed one for online.
    line.faults.extend(["no request"] * 9)
    page.close()
    second.wait_for_timeout(1000)
    second.context.set_offline(False)
    line.faults.clear()
    opened(second, line)
    offer = question(second).locator(".app-draft")
    expect(offer).to_contain_text("A text of yours is kept in this browser, and was not saved.")
    expect(offer.locator("[data-time]")).to_have_text(re.compile(r"\d{4}"))
    assert_accessible(second)
    second.wait_for_timeout(1500)
    assert not Answer.objects.filter(question__code=WORDS).exists()
    offer.get_by_role("button", name="Put it into the form").click()
    all_saved(second)
    assert Answer.objects.get(question__code=WORDS).text == "Typed on a train"
    opened(second, line)
    expect(question(second).locator(".app-draft")).to_have_count(0)


def test_what_a_tab_has_kept_is_offered_in_another_once_it_is_closed(line: FaultyLine, sign_in: SignIn) -> None:
    page = signed_in(sign_in, writers(), line)
    line.faults.extend(["500"] * 9)
    question(page).locator("textarea").first.press_sequentially("In the first tab")
    expect(question(page).locator("[data-status]")).to_contain_text("It is kept in this browser")
    second = opened(page.context.new_page(), line)
    second.wait_for_timeout(1000)
    offer = question(second).locator(".app-draft")
    expect(offer).to_have_count(0)
    page.close()
    expect(offer).to_contain_text("In the first tab")
    line.faults.clear()


def test_a_wrong_link_marks_its_field_and_the_rest_is_saved(line: FaultyLine, sign_in: SignIn) -> None:
    cast = writers()
    page = signed_in(sign_in, cast, line)
    item = question(page)
    item.locator("textarea").first.fill("The rest")
    item.get_by_label("Law", exact=True).first.fill("Act 14")
    link = item.get_by_label("Link", exact=True).first
    link.fill("www.law.example/14")
    expect(link).to_have_attribute("aria-invalid", "true")
    expect(item.locator("[data-citation-error]").first).to_have_text("A link must begin with https:// or http://.")
    expect(item.locator("[data-status]")).to_contain_text("Saved, but for the legal reference")
    assert_accessible(page)
    answer = Answer.objects.get(question__code=WORDS)
    assert (answer.text, answer.citations) == ("The rest", [{"law": "Act 14", "provision": "", "link": ""}])
    link.fill("https://www.law.example/14")
    all_saved(page)
    expect(link).not_to_have_attribute("aria-invalid", "true")
    answer.refresh_from_db()
    assert answer.citations[0]["link"] == "https://www.law.example/14"


def test_a_colleagues_words_at_the_other_end_come_in_while_one_types(line: FaultyLine, sign_in: SignIn) -> None:
    cast = writers()
    save(cast.response, cast.expert, WORDS, text="Article 5 of the Criminal Code applies.")
    page = signed_in(sign_in, cast, line)
    save(cast.response, cast.second_expert, WORDS, text="In part. Article 5 of the Criminal Code applies.", base=1)
    box = question(page).locator("textarea").first
    box.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Since 2021.")
    expect(box).to_have_value("In part. Article 5 of the Criminal Code applies. Since 2021.")
    expect(question(page).locator("[data-merged]")).to_contain_text("Second Expert changed another place of this text")
    assert_accessible(page)
    all_saved(page)


def test_who_leaves_is_asked_while_something_is_not_on_the_server(sign_in: SignIn, line: FaultyLine) -> None:
    page = signed_in(sign_in, writers(), line)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    question(page, "I.untoc.4").locator("textarea").first.press_sequentially("Not sent yet")
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    all_saved(page)
    page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_where_the_session_has_ended_what_is_kept_is_not_called_lost(sign_in: SignIn, line: FaultyLine) -> None:
    page = signed_in(sign_in, writers(), line)
    end_sessions()
    question(page, "I.untoc.4").locator("textarea").first.press_sequentially("Kept here")
    panel = page.locator("section.app-lock-out")
    expect(panel.locator("[data-kept-here]")).to_be_visible()
    expect(panel.locator("[data-not-kept]")).to_be_hidden()
    expect(panel).to_contain_text("is offered to you on this page when you have signed in again")


@pytest.mark.stage("dialogue")
def test_what_is_typed_into_lines_is_kept_where_much_is_typed(
    playwright: Playwright, line: FaultyLine, tmp_path: Path
) -> None:
    cast = writers("dialogue")
    person = Person(playwright, cast.expert, f"{REVIEW}supplements/add/", line, tmp_path / "profile")
    (page,) = person.pages
    page.locator("input[name=title]").press_sequentially("The Criminal Code")
    expect(page.locator("[data-kept-words]").first).to_contain_text("kept in this browser")
    person.kill_browser()
    person.open_browser()
    (page,) = person.pages
    page.locator(".app-draft [data-use]").click()
    expect(page.locator("input[name=title]")).to_have_value("The Criminal Code")


ADD = f"{REVIEW}observations/add/untoc/"


@pytest.mark.stage("dialogue")
def test_what_is_typed_into_any_form_is_kept_until_it_is_saved(
    playwright: Playwright, line: FaultyLine, tmp_path: Path
) -> None:
    """A killed browser; the same form in the other language; then it is saved, and nothing is offered any more."""
    cast = writers("dialogue")
    person = Person(playwright, cast.same_group_expert, ADD, line, tmp_path / "profile")
    (page,) = person.pages
    save = page.locator("main button[type=submit]").last
    below_the_top = "button => button.getBoundingClientRect().top + scrollY"
    place = save.evaluate(below_the_top)
    page.locator("textarea").first.press_sequentially("A thought on article 5")
    expect(page.locator("[data-kept-words]").first).to_have_text(
        "What you typed is kept in this browser until you save it."
    )
    assert save.evaluate(below_the_top) == place, "The line moves the button from under who is about to press it."
    person.kill_browser()
    person.open_browser()
    (page,) = person.pages
    page.goto(person.address.replace("/en/", "/ar/"))
    expect(page.locator(".app-draft")).to_be_visible()
    assert_accessible(page)
    page.goto(person.address)
    page.locator(".app-draft [data-use]").click()
    expect(page.locator("textarea").first).to_have_value("A thought on article 5")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()  # no article was chosen; the text stands in the form
    expect(page.locator("textarea").first).to_have_value("A thought on article 5")
    page.locator('input[name=articles][value="5"]').check()
    page.locator("input[name=heading]").first.check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/observations/"))
    page.goto(person.address)
    page.wait_for_timeout(500)
    expect(page.locator(".app-draft")).to_have_count(0)
    person.kill_browser()


def test_who_signs_out_is_asked_where_a_text_is_nowhere_else(line: FaultyLine, sign_in: SignIn) -> None:
    cast = writers()
    page = signed_in(sign_in, cast, line)
    line.faults.extend(["500"] * 5)
    question(page).locator("textarea").first.press_sequentially("Not sent")
    expect(question(page).locator("[data-status]")).to_contain_text("It is kept in this browser")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    out = page.locator('form[action$="/sign-out/"] button')
    page.locator("details.app-menu:has(form[action$='/sign-out/']) > summary").click()
    out.click()
    page.wait_for_timeout(300)
    assert "They are removed when you sign out" in asked[0]
    assert page.url.endswith(SECTION)
    line.faults.clear()
    page.on("dialog", lambda dialog: dialog.accept())
    out.click()
    page.wait_for_url(re.compile("/sign-in/"))
    await_end_of_cookie(page, "drafts_done")
    signed_in(sign_in, cast, line)
    expect(question(page).locator(".app-draft")).to_have_count(0)


BOX = "#q-I-untoc-4-text"
DESK_STATE = "#q-I-untoc-4-state"


def test_a_kept_comment_does_not_overwrite_a_colleague_who_wrote_meanwhile(
    playwright: Playwright, line: FaultyLine, tmp_path: Path
) -> None:
    """It is offered on the desk, waits for the button, and rests on what it was written on."""
    cast = writers("written_feedback")
    person = Person(playwright, cast.same_group_expert, ARTICLE_5, line, tmp_path / "profile")
    (page,) = person.pages
    page.locator(f".app-desk__row:has({BOX}) summary").first.click()
    person.context.set_offline(True)
    page.locator(BOX).press_sequentially("Typed on the train")
    expect(page.locator(f"{DESK_STATE} [data-status]")).to_contain_text("It is kept in this browser")
    person.kill_browser()
    save_comment(
        actor=cast.same_group_focal_point,
        feedback=feedback_of(cast.review, cast.same_group_state),
        instrument=instrument_of("I.untoc.4"),
        question_code="I.untoc.4",
        text="A colleague's thought",
        base=0,
    )
    person.open_browser()
    (page,) = person.pages
    offer = page.locator(f".app-desk__row:has({BOX}) .app-draft")
    offer.locator("[data-use]").click()
    expect(page.locator(BOX)).to_have_value("Typed on the train")
    page.wait_for_timeout(2500)
    assert FeedbackComment.objects.get().text == "A colleague's thought"
    page.locator(f"{DESK_STATE} button[type=submit]").first.click()
    expect(page.locator(f"{DESK_STATE} .app-conflict")).to_contain_text("A colleague's thought")
    assert FeedbackComment.objects.get().text == "A colleague's thought"
    expect(page.locator(BOX)).to_have_value("Typed on the train")
    page.goto(f"{line.url}/en/")
    expect(page.locator("[data-elsewhere] .app-draft")).to_contain_text("Typed on the train")
    assert_accessible(page)
    person.kill_browser()
