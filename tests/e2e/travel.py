"""What people do in the browser from the consultations to the published text, one function for each act."""

from dataclasses import dataclass

from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

QUESTION = "I.untoc.23"


@dataclass
class Traveller:
    """Somebody with a browser open on one review; ``root`` is the review's address, in pages of a ``language``."""

    page: Page
    root: str
    language: str = "en"

    def go(self, path: str) -> None:
        self.page.goto(f"{self.root}/{path}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=self.read(name), exact=True).click()

    def read(self, words: str) -> str:
        """What the pages say for these English words of theirs, up to what stands for a name."""
        with override(self.language):
            return gettext(words).partition("%(")[0].strip()

    def sees(self, *words: str) -> None:
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)

    # --- Consultations

    def propose_english(self) -> None:
        self.go("consultations/propose/")
        self.choose_languages("en")
        self.press("Propose to the other States")

    def choose_languages(self, *languages: str) -> None:
        for box in self.page.locator("input[name=languages]").all():
            box.set_checked(box.get_attribute("value") in languages)

    def propose_three(self, original: str, others: tuple[str, str], reason: str) -> None:
        self.go("consultations/propose/")
        self.choose_languages(original, *others)
        self.page.select_option("[name=original]", original)
        self.page.fill("[name=reason]", reason)
        self.press("Propose to the other States")

    def confirm(self) -> None:
        self.go("consultations/")
        self.page.get_by_role("button", name="Confirm for").click()

    # --- Feedback, clarifications, dialogue

    def comment(self, state: str, words: str) -> None:
        self.go(f"feedback/{state}/questions/{QUESTION}/")
        self.page.fill("textarea[name=text]", words)
        self.press("Save")
        self.sees(words)

    def clear_feedback(self, state: str) -> None:
        self.go(f"feedback/{state}/clear/")
        self.press("Clear and send")

    def ask(self, words: str) -> None:
        self.go(f"clarifications/ask/{QUESTION}/")
        self.page.fill("textarea[name=text]", words)
        self.page.locator("main form").last.locator("button[type=submit]").click()
        self.sees(words)

    def act_on_clarification(self, act: str, confirm: str = "") -> None:
        """Follow an act of the list; ``confirm`` is the button of the page that says what it does."""
        self.go("clarifications/")
        self.page.locator("main").get_by_role("button", name=act).first.click()
        if confirm:
            self.press(confirm)

    def add_source(self, title: str) -> None:
        self.go("supplements/add/")
        self.page.fill("input[name=title]", title)
        self.page.fill("input[name=pages]", "pp. 3-5")
        self.page.fill("input[name=link]", "https://law.example/witnesses")
        self.press("Save the draft")

    def record_meeting(self, day: str) -> None:
        self.go("meetings/add/")
        self.page.fill("input[name=held_on]", day)
        self.page.check("input[name=means][value=videoconference]")
        self.page.locator("input[name=participants]").first.check()
        self.press("Record the meeting")

    def conclude_dialogue(self) -> None:
        self.go("dialogue/conclude/")
        self.page.check("input[name=agrees][value=yes]")
        self.press("Answer for your State")

    # --- Texts

    def draft_observation(self, instrument: str, heading: str, words: str) -> None:
        self.go(f"observations/add/{instrument}/")
        self.page.check(f"input[name=heading][value={heading}]")
        self.page.locator("input[name=articles]").first.check()
        self.page.fill("textarea[name=text]", words)
        self.press("Save")
        self.sees(words)

    def lay_all_on_table(self) -> int:
        """Lay everything that waits in the own room on the shared table; give how many there were."""
        laid = 0
        self.go("observations/")
        waiting = self.page.get_by_role("link", name=self.read("Lay on the shared table"), exact=True)
        while waiting.count():
            waiting.first.click()
            self.press("Lay on the shared table")
            laid += 1
            self.go("observations/")
        return laid

    def lay_in_its_place(self) -> None:
        """Lay the only draft that waits in the place of what it was copied from."""
        self.go("observations/")
        self.page.get_by_role("link", name="Lay on the shared table").click()
        self.press("Lay in its place")

    def propose(self, instrument: str, kind: str) -> None:
        self.go(f"texts/{instrument}/{kind}/")
        self.press("Propose this version")

    def clear(self, instrument: str, kind: str, *, resolves: bool = False) -> None:
        """``resolves``: the State has objected to an earlier version, and is asked about that first."""
        self.go(f"texts/{instrument}/{kind}/")
        self.page.get_by_role("button", name=self.read("Clear for %(own_state)s")).click()
        if resolves:
            self.sees("Clear, and resolve our objections")
            self.page.locator("main form").last.locator("button[type=submit]").click()

    def object(self, instrument: str, kind: str, reason: str) -> None:
        self.go(f"texts/{instrument}/{kind}/object/")
        self.page.fill("textarea[name=reason]", reason)
        self.page.locator("main form").last.locator("button[type=submit]").click()
        self.sees(reason)

    def document(self, instrument: str, kind: str, button: str) -> bytes:
        self.go(f"texts/{instrument}/{kind}/")
        self.press(button)
        with self.page.expect_download(timeout=120_000) as download:
            self.page.get_by_role("button", name="Download the document").or_(
                self.page.get_by_role("link", name="Download the document")
            ).click(timeout=120_000)
        return download.value.path().read_bytes()
