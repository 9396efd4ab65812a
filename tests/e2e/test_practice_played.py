"""A learner plays a whole exercise by its own pages, in every part, from the hand-over to the day that comes back."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from portal.practice.course import TASKS
from portal.practice.facts import is_finished
from portal.practice.models import Exercise
from portal.practice.services.exercises import hand_back
from portal.practice.tokens import read_back
from tests.e2e.conftest import PATIENCE, assert_accessible, assert_fits
from tests.e2e.questionnaire import answer_section
from tests.portal.practice.conftest import ENTER, hand_over, practice, practice_folder

__all__ = ["practice", "practice_folder"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def served(practice: None, live_server: LiveServer, settings: Settings) -> Iterator[None]:
    """Served as a practice portal is, by the middleware that it begins with, and with its cookie for forms."""
    settings.CSRF_COOKIE_NAME = "practice_csrftoken"
    handlers = [live_server.thread.httpd.get_app()]
    while hasattr(handlers[-1], "application"):  # that of files serves whatever is none, too
        handlers.append(handlers[-1].application)
    before = [dict(vars(handler)) for handler in handlers]
    for handler in handlers:
        handler.load_middleware()
    yield
    for handler, kept in zip(handlers, before, strict=True):
        vars(handler).update(kept)


class Player:
    """A browser in which an exercise is played: each task where the guide leads to."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def guide(self) -> Locator:
        return self.page.locator(".app-guide").first

    def press(self, name: str) -> None:
        self.main.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        self.main.get_by_role("link", name=name).first.click()

    def write(self, words: str) -> None:
        self.main.locator("textarea[name=text]").first.fill(words)

    def propose(self) -> None:
        self.main.locator("input[name=languages][value=en]").check()
        self.press("Propose to the other States")

    def confirm(self) -> None:
        self.press("Confirm for")

    def answer(self) -> None:
        sections = self.main.locator("a[href*='/response/practice/article-']")
        for address in sorted({str(link.get_attribute("href")).partition("#")[0] for link in sections.all()}):
            self.page.goto(re.sub(r"^(https?://[^/]+).*", r"\1", self.page.url) + address)
            answer_section(self.page, "Our answer to")

    def submit(self) -> None:
        self.press("Submit for clearance")

    def clear(self) -> None:
        self.press("Clear and send")

    def comment(self) -> None:
        self.main.locator("a[href*='/desk/practice/article-']").first.click()
        self.main.locator("details summary", has_text="Write feedback").first.click()
        self.write("A good practice.")
        self.main.locator("form:has(textarea[name=text]) button[type=submit]").first.click()
        expect(self.main).to_contain_text(re.compile(r"Saved \d"))

    def ask(self) -> None:
        self.write("How many districts apply the plan?")
        self.press("Save the draft")

    def send_question(self) -> None:
        self.press("Send")
        self.press("Send the request")

    def send_feedback(self) -> None:
        self.main.locator("th a").first.click()
        self.clear_feedback()

    def clear_feedback(self) -> None:
        for _page in range(2):  # that of the feedback, and the one that says what is sent
            self.press("Clear and send")

    def second_feedback(self) -> None:
        self.comment()
        self.follow("Feedback of Tolmera")
        self.clear_feedback()

    def reply(self) -> None:
        self.press("Answer")
        self.write("Nine of twelve.")
        self.press("Save the draft")

    def send_reply(self) -> None:
        self.press("Send the answer")
        self.press("Send the answer")

    def close_question(self) -> None:
        self.press("Close")
        self.press("Close the request")

    def meet(self) -> None:
        self.main.locator("input[name=held_on]").fill(timezone.localdate().isoformat())
        self.main.locator("input[name=means][value=videoconference]").check()
        self.main.locator("input[name=participants]").first.check()
        self.press("Record the meeting")

    def conclude(self) -> None:
        self.main.locator("input[name=agrees][value=yes]").check()
        self.press("Answer for your State")

    def observe(self) -> None:
        self.main.locator("input[name=heading][value=best_practice]").check()
        self.main.locator("input[name=articles]").first.check()
        self.write("The yearly report lets everybody follow how the plan is applied.")
        self.press("Save")

    def lay(self) -> None:
        self.follow("Lay on the shared table")
        self.press("Lay on the shared table")

    def propose_list(self) -> None:
        self.main.locator("table a").first.click()
        self.propose_text()

    def agree_on_list(self) -> None:
        self.main.locator("table a").first.click()
        self.agree()

    def shorten(self) -> None:
        self.write("The yearly report shows how the plan is applied.")
        self.press("Save")

    def lay_passage(self) -> None:
        self.follow("Lay on the shared table")
        self.press("Lay it in the place of the passage")

    def propose_text(self) -> None:
        self.press("Propose this version")

    def agree(self) -> None:
        self.press("Clear for")


ACTS: dict[str, Callable[[Player], None]] = {
    "propose-languages": Player.propose,
    "confirm-languages": Player.confirm,
    "second-confirms": Player.confirm,
    "answer": Player.answer,
    "submit": Player.submit,
    "clear": Player.clear,
    "comment": Player.comment,
    "ask": Player.ask,
    "send-question": Player.send_question,
    "send-feedback": Player.send_feedback,
    "second-feedback": Player.second_feedback,
    "reply": Player.reply,
    "send-reply": Player.send_reply,
    "close-question": Player.close_question,
    "meet": Player.meet,
    **dict.fromkeys(("conclude", "own-concludes", "second-concludes"), Player.conclude),
    "observe": Player.observe,
    "lay": Player.lay,
    "propose": Player.propose_list,
    "agree": Player.agree_on_list,
    "second-agrees": Player.agree_on_list,
    "shorten": Player.shorten,
    "lay-passage": Player.lay_passage,
    "propose-summary": Player.propose_text,
    "agree-summary": Player.agree,
    "second-agrees-summary": Player.agree,
}

# What saves itself, while the page and the guide beside it stay.
SAVED_IN_PLACE = {"answer", "comment"}


@pytest.mark.prove
@pytest.mark.usefixtures("served", "worker")
def test_a_learner_plays_every_step_of_a_review(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}{reverse(ENTER, args=[hand_over()])}")
    player = Player(page)
    player.press("Begin your exercise")
    expect(page.locator("main")).to_contain_text("Who you are", timeout=4 * PATIENCE)
    for done, task in enumerate(TASKS):
        expect(page.locator("body")).to_contain_text(f"{done} of {len(TASKS)} steps done")
        expect(player.guide.locator(".app-guide__what")).to_have_text(str(task.what))
        expect(page.locator("body")).not_to_contain_text("This page is no part of the exercise.")
        if task.part is None:
            player.guide.get_by_role("button", name="Let the secretariat act").click()
            expect(page.locator("body")).to_contain_text(f"{done + 1} of {len(TASKS)} steps done")
            continue
        player.guide.get_by_role("button", name=re.compile("^(Take this part|Go there)")).click()
        ACTS[task.key](player)
        if task.key in SAVED_IN_PLACE:
            page.reload()
        expect(page.locator("body")).to_contain_text(f"{done + 1} of {len(TASKS)} steps done")
    expect(player.guide).to_contain_text("You have played a whole review")
    assert_fits(page, 1280)
    assert_accessible(page)
    exercise = Exercise.objects.get()
    assert is_finished(exercise)
    told = read_back(hand_back(str(exercise.learner)))
    assert told is not None
    assert (told.learner, told.finished_on) == (exercise.learner, timezone.localdate())
    assert complaints == []
    context.close()
