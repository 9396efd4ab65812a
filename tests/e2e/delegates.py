"""Delegates of several States who write at one text at once, at random: what each typed into a browser and was told.

An act opens a page, types into it, or sends it, so that pages lie open while others write; "together" sends all that
lie open in one moment. What is chosen follows from a seed.
"""

import random
import re
import time
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page, Response

WORD = re.compile(r"\bw\d+x\b")
"""A word that a delegate typed; no two are the same."""
_LINK = re.compile(r"/suggestions/(?:add/)?(?P<key>[0-9a-f-]{36})/(?P<act>accept|reject|lay|withdraw)?/?$")
_ACTS = (
    *("open",) * 6, *("type",) * 6, *("send",) * 6, *("look",) * 2, *("together",) * 3, "reload", "leave", "take offer",
)  # fmt: skip
_FORM = "main form:has(textarea[name=text]), main form:has(textarea[name=reason]), main form:has(input[name=base])"
_MOMENT = 20  # seconds that an answer may take


@dataclass
class Sent:
    """A form that was sent: on which revision, with what in its box, and whether the page said that it is done."""

    who: str
    act: str
    place: str
    base: int
    text: str
    is_done: bool = False


@dataclass
class Journal:
    """What all did, for the end; ``broken``: answers of the server that should never come."""

    sent: list[Sent] = field(default_factory=list)
    led_away: dict[str, set[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    refused: int = 0
    count: int = 0

    def new_word(self) -> str:
        self.count += 1
        return f"w{self.count}x"

    def done(self, *acts: str) -> list[Sent]:
        return [each for each in self.sent if each.is_done and each.act in acts]


@dataclass
class Places:
    """Addresses: of the suggestions to the text, of the page on which it is read, and of what a delegate may change."""

    suggestions: str
    text: str
    edits: dict[str, str] = field(default_factory=dict)  # by key of the place


class Delegate:
    def __init__(self, name: str, page: Page, places: Places, chance: random.Random, journal: Journal) -> None:
        self.name, self.page, self.places, self.chance, self.journal = name, page, places, chance, journal
        self.links: list[tuple[str, str, str]] = []  # act, key of what it is about, address
        self.open_form: tuple[str, str] | None = None
        self.answer: int | None = None
        self.is_loaded = True
        self.sending: Sent | None = None
        page.on("dialog", lambda dialog: dialog.accept())
        page.on("response", self.hear)
        page.on("load", lambda: setattr(self, "is_loaded", True))

    def hear(self, response: Response) -> None:
        if response.status >= 500:
            self.journal.broken.append(f"{response.status} {response.request.method} {response.url}")
        if response.request.method == "POST" and response.request.is_navigation_request():
            self.answer = response.status

    # --- acts

    def act(self) -> None:
        name = self.chance.choice(_ACTS)
        self.journal.acts.append(f"{self.name} {name}")
        {"open": self.open, "type": self.type, "send": self.send, "look": self.look}.get(name, lambda: None)()
        if name == "reload" and self.open_form:
            self.page.reload()
        if name == "leave":
            self.open_form = None
            self.page.goto(self.places.text)
        if name == "take offer":
            self.take_offer()

    def look(self) -> None:
        self.open_form = None
        self.page.goto(self.places.suggestions)
        hrefs = self.page.locator("main a").evaluate_all("links => links.map((each) => each.href)")
        self.links = [("edit", key, url) for key, url in self.places.edits.items()]
        for href in hrefs:
            if found := _LINK.search(re.split("[?#]", href)[0]):
                act = found["act"] or ("suggest" if "/add/" in href else "change")
                self.links.append((act, found["key"], href))

    def open(self) -> None:
        if not self.links:
            self.look()
        act, key, url = self.chance.choice(self.links)
        came = self.page.goto(url)
        is_form = came is not None and came.ok and self.page.locator(_FORM).count() > 0
        self.open_form = (act, key) if is_form else None

    def type(self) -> None:
        """A new word behind some words of what stands in the box, or in the place of one of them."""
        if self.open_form is None or self.box_selector is None:
            return
        surface = self.page.locator(".app-editor__text:visible")
        box = surface if surface.count() else self.page.locator(self.box_selector)
        box.first.focus()
        keys = self.page.keyboard
        keys.press("Control+Home")
        for _step in range(self.chance.randint(0, 24)):
            keys.press("Control+ArrowRight")
        if self.chance.random() < 0.3:
            keys.press("Control+Shift+ArrowRight")
        keys.insert_text(f" {self.journal.new_word()} ")

    def take_offer(self) -> None:
        for button in self.page.locator(".app-draft [data-use]").all()[:1]:
            button.click()

    # --- sending

    @property
    def box_selector(self) -> str | None:
        for name in ("text", "reason"):
            if self.page.locator(f"main textarea[name={name}]").count():
                return f"main textarea[name={name}]"
        return None

    @property
    def typed(self) -> str:
        selector = self.box_selector
        return self.page.locator(selector).first.input_value() if selector else ""

    def press(self) -> bool:
        """Press the button that saves, and do not wait; whether there was one."""
        button = self.page.locator(_FORM).first.locator("button.govuk-button:not(.govuk-button--secondary)")
        if self.open_form is None or not button.count():
            return False
        act, key = self.open_form
        base = self.page.locator(_FORM).first.locator("input[name=base]")
        revision = int(base.first.input_value() or 0) if base.count() else 0
        self.sending = Sent(self.name, act, key, revision, self.typed)
        self.journal.sent.append(self.sending)
        self.answer, self.is_loaded = None, False
        button.first.evaluate("button => button.click()")
        return True

    def send(self) -> None:
        if self.press():
            self.hear_out()

    def hear_out(self) -> None:
        """What came of what was sent: done, or all that was typed is on the page, or is kept in the browser."""
        until = time.monotonic() + _MOMENT
        while not (self.answer and self.is_loaded) and time.monotonic() < until:
            self.page.wait_for_timeout(20)
        assert self.answer and self.is_loaded, f"{self.name}: no answer to {self.sending}"
        sending = self.sending
        assert sending is not None
        words = set(WORD.findall(sending.text))
        is_led_away = self.answer == 302
        sending.is_done = is_led_away and self.page.locator(".govuk-notification-banner--success").count() > 0
        if sending.is_done:
            self.open_form = None
            return
        self.journal.refused += 1
        if is_led_away:
            self.journal.led_away.setdefault(self.name, set()).update(words)
            self.open_form = None
            return
        there = set(WORD.findall(self.typed)) | set(WORD.findall(self.page.content()))
        assert words <= there, f"{self.name} lost {words - there} of {sending}, answered {self.answer}"
        if self.answer != 422 or self.chance.random() < 0.4:
            self.open_form = None  # gives up; the words stay on the page, and are offered again
        elif self.page.locator(".app-conflict").count() and self.chance.random() < 0.7:
            self.put_together()

    def put_together(self) -> None:
        """As the page says: the words of the colleague go into the box, before it is sent again."""
        selector, theirs = self.box_selector, self.page.locator(".app-conflict__text").first
        if selector is None or not theirs.count():
            return
        missing = [word for word in WORD.findall(theirs.inner_text()) if word not in self.typed]
        both = " ".join([self.typed, *missing])
        self.page.locator(selector).first.evaluate(
            "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })); }", both
        )


def play(delegates: list[Delegate], chance: random.Random, seconds: float) -> int:
    """Let them act at random for so long; gives the number of acts. Raises AssertionError where a word is lost."""
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        chosen = chance.choice(delegates)
        chosen.act()
        count += 1
        if chosen.journal.acts[-1].endswith("together"):
            pressed = [each for each in delegates if each.press()]
            for each in pressed:
                each.hear_out()
    return count


def offered_to(delegate: Delegate, home: str) -> set[str]:
    """The words that the browser offers again, on the page of what is to be done."""
    try:
        delegate.page.goto(home)
        delegate.page.wait_for_timeout(600)
        return set(WORD.findall(" ".join(delegate.page.locator(".app-draft [data-text]").all_text_contents())))
    except Error as error:
        raise AssertionError(f"{delegate.name}: {error}") from error
