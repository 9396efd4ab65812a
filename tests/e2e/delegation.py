"""A delegate who goes by what the pages show, whatever their language: from *My work* by links, and by the buttons."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import assert_accessible, assert_fits
from tests.e2e.travel import QUESTION, Traveller
from tests.portal.dossier.dossiers import verified

ARTICLE, ROW = "untoc/article-15", f"#q-{QUESTION.replace('.', '-')}-text"


@dataclass
class Delegation(Traveller):
    """``home``: the first page in the delegate's language; ``name``: whom the desk names once it has saved."""

    home: str = ""
    width: int = 1280
    name: str = ""

    # --- By what the page shows

    def work(self, ending: str, link: str = "") -> None:
        """From *My work* by the link that ends so, and on by another one there."""
        self.page.goto(self.home)
        self.follow(ending)
        if link:
            self.follow(link)

    def follow(self, ending: str) -> None:
        """By the link to the page whose path ends so, whether or not it says where to come back to."""
        self.page.locator(f"main a[href$='{ending}']:visible, main a[href*='{ending}?']:visible").first.click()
        self.page.wait_for_load_state("load")

    def send(self, action: str = "") -> None:
        """Press the button of the form: that of the act at ``action``, or the one below what was filled in."""
        form = f"main form[action$='{action}']" if action else "main form[method=post]"
        self.page.locator(f"{form} button[type=submit]:visible").first.click()
        self.page.wait_for_load_state("load")

    def look(self) -> None:
        """Nobody is kept out of the page, and nothing of it is cut off."""
        assert_accessible(self.page)
        assert_fits(self.page, self.width)

    def write(self, words: str, field: str = "text") -> None:
        self.page.fill(f"main form [name={field}]", words)
        self.look()
        self.send()

    # --- At the desk

    def at_the_answer(self) -> Locator:
        """The answer that the delegations talk about, on the desk."""
        self.go("desk/")
        self.follow(f"/desk/{ARTICLE}/")
        return self.page.locator(f".app-desk__row:has({ROW})")

    def give_feedback(self, words: str, question: str = "") -> None:
        """Write it beside the answer, where it saves itself; and ask the State there."""
        row = self.at_the_answer()
        row.locator("[data-tool=draft] summary").click()
        row.locator(ROW).fill(words)
        expect(row.locator("[data-tool=draft] [data-status]")).to_contain_text(self.name)
        if question:
            row.locator("[data-tool=ask] summary").click()
            row.locator("[data-tool=ask] textarea").fill(question)
            row.locator("[data-tool=ask] button[type=submit]").click()
            expect(row.locator("[data-tool=request] textarea")).to_have_value(question)
        self.look()

    def begin_thread(self, words: str) -> None:
        self.at_the_answer()
        self.follow(f"/threads/begin/question/{QUESTION}/")
        self.write(words)
        self.page.locator("main a[href*='/threads/']:not([href*='/begin/']):visible").first.click()
        self.release()

    def reply_in_thread(self, words: str) -> None:
        """To the only thread there is, in which another State has said something new."""
        self.work("/threads/")
        self.look()
        self.page.locator("main table a").first.click()
        self.follow("/reply/")
        self.write(words)
        self.release()

    def release(self) -> None:
        self.look()
        self.follow("/release/")
        self.look()
        self.send()
        expect(self.page.locator("main article").last).to_contain_text(self.name)

    # --- What is taken away

    def take_record(self, path: Path) -> set[str]:
        """The whole record as a worker makes it, checked by its program; gives the names of its files."""
        self.go("record/")
        self.follow("/whole-record/")
        self.look()
        self.send("/whole-record/")
        with self.page.expect_download(timeout=120_000) as download:
            self.page.locator("main a[download]").click(timeout=120_000)
        content = download.value.path().read_bytes()
        path.write_bytes(content)
        status, lines = verified(path)
        assert status == 0, lines
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return set(archive.namelist())
