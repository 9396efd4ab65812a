"""Random schedules of a person who types, and of all that happens to a browser meanwhile."""

import contextlib
import os
import random
import shutil
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from accounts.people.models import User
from questionnaires.responses.models import Answer, AnswerRevision
from tests.browser import CHROMIUM, LAUNCH
from tests.e2e.conftest import begin_session, end_sessions
from tests.e2e.faulty_line import FAULTS, FaultyLine

QUESTIONS = ("I.untoc.3", "I.untoc.4")
ACTS = ("type",) * 8 + ("line down", "line up", "fault", "fault", "reload", "close", "second tab", "kill", "signed out",
        "clock back", "wait", "take offer")  # fmt: skip
SAID_KEPT = ("kept in this browser", "Saved")
MOST_PAGES = 3
_MOMENT = 8_000  # milliseconds that anything may take


class BrowserEndedError(Exception):
    """Chromium ended by itself, and what its pages said last cannot be asked any more."""


@dataclass
class Tally:
    """Characters typed, and what became of them; ``told``: gone, and the page had not called them kept or saved."""

    typed: int = 0
    stored: int = 0
    offered: int = 0
    told: int = 0
    lost: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)


@dataclass
class Said:
    """What the pages said of the words in their boxes: that they are kept or saved, or not."""

    unsaid: set[str] = field(default_factory=set)
    promised: set[str] = field(default_factory=set)

    def note(self, told: set[str], *, kept: set[str]) -> None:
        self.unsaid |= told
        self.promised |= kept

    def excuses(self, token: str) -> bool:
        """Whether a word may be gone. One that was called kept or saved may not, whatever was said before or since."""
        return token in self.unsaid - self.promised


class Person:
    """Writes answers in a browser of her own, which may be killed at any moment and is then opened again."""

    def __init__(self, playwright: Playwright, user: User, address: str, line: FaultyLine, profile: Path) -> None:
        self.playwright, self.user, self.line, self.profile = playwright, user, line, profile
        self.address = f"{line.url}{address}"
        self.tally = Tally()
        self.tokens: dict[str, str] = {}
        self.said = Said()
        self.count = 0
        self.context: BrowserContext
        self.has_ended = False
        self.pages: list[Page] = []
        self.open_browser()

    # --- the browser

    def open_browser(self) -> None:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=CHROMIUM, args=LAUNCH, viewport={"width": 1280, "height": 900}
        )
        self.context.set_default_timeout(_MOMENT)
        self.has_ended = False
        self.context.on("close", self.note_end)
        self.pages = []
        self.sign_in()
        self.open_page()

    def note_end(self, context: BrowserContext) -> None:
        """Of this browser; the word of one that was killed before may come late."""
        self.has_ended = self.has_ended or context is self.context

    def sign_in(self) -> None:
        begin_session(self.context, self.user, self.line.url)

    def open_page(self) -> Page:
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        self.pages.append(page)
        self.look(page)
        return page

    def look(self, page: Page) -> None:
        """The page once more; a person whose line is down looks again when it is back."""
        with contextlib.suppress(Error):
            page.goto(self.address)
            if "/sign-in/" in page.url:
                self.sign_in()
                page.goto(self.address)
            page.evaluate("for (const each of document.querySelectorAll('[data-words]')) each.open = true")

    def kill_browser(self) -> None:
        self.note_what_was_said()
        if self.has_ended:
            raise BrowserEndedError(self.tally.acts)
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                words = (process / "cmdline").read_bytes().decode(errors="replace")
                if f"--user-data-dir={self.profile}" in words and "--type=" not in words:
                    os.kill(int(process.name), signal.SIGKILL)
        with contextlib.suppress(Error):
            self.context.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    # --- what happens

    def act(self, chance: random.Random) -> None:
        act = chance.choice(ACTS)
        self.tally.acts.append(act)
        page = chance.choice(self.pages)
        {
            "type": lambda: self.type_at(page, chance),
            "line down": lambda: self.context.set_offline(True),
            "line up": lambda: self.context.set_offline(False),
            "fault": lambda: self.line.faults.append(chance.choice(FAULTS)),
            "reload": lambda: self.reload(page),
            "close": lambda: self.close(page),
            "second tab": lambda: len(self.pages) < MOST_PAGES and self.open_page(),
            "kill": self.kill_and_open,
            "signed out": end_sessions,
            "clock back": lambda: page.clock.set_system_time("1999-12-31T23:59:00"),
            "take offer": lambda: self.take_offer(page),
            "wait": lambda: page.wait_for_timeout(chance.choice([50, 900, 2500])),
        }[act]()

    def reload(self, page: Page) -> None:
        self.note_what_was_said()
        self.look(page)

    def close(self, page: Page) -> None:
        self.note_what_was_said()
        self.pages.remove(page)
        page.close()
        if not self.pages:
            self.open_page()

    def kill_and_open(self) -> None:
        self.kill_browser()
        self.open_browser()

    def type_at(self, page: Page, chance: random.Random) -> None:
        code = chance.choice(QUESTIONS)
        box = page.locator(f'[data-question="{code}"] textarea').first
        self.count += 1
        token = f"{self.profile.name}-{self.count} "
        try:
            if not box.is_editable(timeout=500):
                return
            box.focus(timeout=500)
            page.keyboard.press("Control+End")
            page.keyboard.type(token)
            if token in box.input_value():
                self.tokens[token] = code
        except Error:
            return  # no page just now
        page.wait_for_timeout(chance.choice([0, 0, 20, 300, 1200]))

    def take_offer(self, page: Page) -> None:
        with contextlib.suppress(Error):
            page.locator("[data-use]").first.click(timeout=300)

    def note_what_was_said(self) -> None:
        """Of words that stand in a box of which the page says neither "kept" nor "saved" the person knows better."""
        told: set[str] = set()
        kept: set[str] = set()
        for page in self.pages:
            for code in QUESTIONS:
                with contextlib.suppress(Error):
                    item = page.locator(f'[data-question="{code}"]')
                    said = item.locator("[data-status]").text_content(timeout=300) or ""
                    text = item.locator("textarea").first.input_value(timeout=300)
                    is_kept = any(words in said for words in SAID_KEPT)
                    (kept if is_kept else told).update(token for token in self.tokens if token in text)
        self.said.note(told, kept=kept)

    # --- the end

    def settle(self) -> Tally:
        """All is well again; where is each word?"""
        self.kill_browser()
        self.line.faults.clear()
        self.open_browser()
        (page,) = self.pages
        page.wait_for_timeout(400)
        offers = " ".join(page.locator("[data-text]").all_text_contents())
        stored = " ".join(
            [*Answer.objects.values_list("text", flat=True), *AnswerRevision.objects.values_list("text", flat=True)]
        )
        self.tally.typed = sum(map(len, self.tokens))
        for token in self.tokens:
            word = token.strip()
            if word in stored:
                self.tally.stored += len(token)
            elif word in offers:
                self.tally.offered += len(token)
            elif self.said.excuses(token):
                self.tally.told += len(token)
            else:
                self.tally.lost.append(word)
        self.kill_browser()
        shutil.rmtree(self.profile, ignore_errors=True)
        return self.tally


def play(person: Person, seed: int) -> Tally:
    """One schedule; the same seed gives the same acts.

    Raises:
        BrowserEndedError: the browser was ended, and not by the schedule.
    """
    chance = random.Random(seed)
    try:
        for _act in range(chance.randint(12, 25)):
            person.act(chance)
        time.sleep(chance.choice([0, 0.05, 0.5]))
        return person.settle()
    except Error as error:
        if person.has_ended:
            raise BrowserEndedError(person.tally.acts) from error
        raise
