"""Measure twelve key pages of the demo at two widths and in two languages, and photograph them for docs/design.md."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.demo_site import demo_site

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "design.md"
PICTURES = DOCUMENT.parent / "design"
OFFICER = "mireille.okonjo@secretariat.example"
LANGUAGES = ("en", "ar")
WIDE, NARROW = (1280, 800), (360, 780)
WORK = {WIDE: 260, NARROW: 420}  # pixels from the top to the first content of a page on which one works
LIST = 4000  # pixels, the most that a list of 39 reviews is high on a phone


@dataclass(frozen=True)
class KeyPage:
    """``is_work``: one works there, so that the first content is to be in sight at once."""

    name: str
    person: str
    address: str
    is_work: bool = False


PAGES = (
    KeyPage("My work", "zoltan.bereczki@xhv.example", "/"),
    KeyPage("Overview of a review", "zoltan.bereczki@xhv.example", "/untoc/reviews/1-XHV/"),
    KeyPage("Consultations", "genevieve.laborde@xlv.example", "/untoc/reviews/1-XPE/consultations/"),
    KeyPage("Self-assessment", "ingrid.vasterholm@xal.example", "/untoc/reviews/1-XAL/response/"),
    KeyPage("A section", "ingrid.vasterholm@xal.example", "/untoc/reviews/1-XAL/response/untoc/article-5/", True),
    KeyPage("What is missing", "ingrid.vasterholm@xal.example", "/untoc/reviews/1-XAL/response/missing/"),
    KeyPage("Desk", "gareth.trevanion@xwx.example", "/untoc/reviews/1-XSK/desk/untoc/article-5/", True),
    KeyPage("Observations", "nikola.perkovac@xor.example", "/untoc/reviews/1-XHV/observations/", True),
    KeyPage("A text to agree", "zoltan.bereczki@xhv.example", "/untoc/reviews/1-XHV/texts/tip/list_of_observations/"),
    KeyPage("Cockpit", OFFICER, "/untoc/cockpit/?all=1", True),
    KeyPage("Nominations of a State", OFFICER, "/untoc/states/XAL/nominations/"),
    KeyPage("A draw", OFFICER, "/untoc/draws/2-T2/"),
)
WRITER = KeyPage("My work of somebody who has written", "tomasz.brandvik@xal.example", "/")
REVIEWS = KeyPage("List of reviews", OFFICER, "/untoc/reviews/")
# The first content, the primary buttons that can be pressed, and how high and wide the page is.
MEASURE = """() => {
  const tops = [...document.querySelectorAll('[data-first]')]
    .filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect().top + scrollY);
  const buttons = document.querySelectorAll(
    'main .govuk-button:not(.govuk-button--secondary, .govuk-button--warning, [disabled])');
  return {
    first: tops.length ? Math.round(Math.min(...tops)) : null,
    buttons: [...buttons].filter((each) => each.checkVisibility()).length,
    height: document.documentElement.scrollHeight,
    spills: document.documentElement.scrollWidth > innerWidth,
    rows: document.querySelectorAll('main tbody tr').length,
    goes_on: Boolean(document.querySelector('a[data-continue]')),
  };
}"""


@dataclass(frozen=True)
class Figure:
    page: KeyPage
    language: str
    size: tuple[int, int]
    measured: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.page.name}, {self.language}, {self.size[0]} px: {', '.join(self.faults)}"

    @property
    def faults(self) -> list[str]:
        first, found = self.measured["first"], []
        if first is None:
            found.append("nothing is marked as the first content")
        elif self.page.is_work and first > WORK[self.size]:
            found.append(f"first content at {first} px, and not within {WORK[self.size]}")
        if self.measured["buttons"] > 1:
            found.append(f"{self.measured['buttons']} primary buttons")
        if self.measured["spills"]:
            found.append("wider than the window")
        return found


def main() -> None:
    people = {page.person for page in (*PAGES, WRITER, REVIEWS)}
    with demo_site(people) as (site, cookies):
        figures, listed, goes_on = _measure(site, cookies)
    table = _table(figures)
    print(table)
    heights = [each["height"] for each in listed]
    print(
        f"\nList of {listed[0]['rows']} reviews at {NARROW[0]} px: {' / '.join(map(str, heights))} px (at most {LIST})"
    )
    print(f"From signing in to the place of work: {'one click' if goes_on else 'more than one click'}")
    faults = [str(each) for each in figures if each.faults]
    faults += [] if max(heights) <= LIST else ["the list of reviews is too high"]
    faults += [] if goes_on else ["nothing leads back to where one stopped"]
    print("\n".join(["", "Not as the rules say:", *faults] if faults else ["", "All rules are kept."]))
    text = DOCUMENT.read_text()
    DOCUMENT.write_text(
        re.sub(r"(?<=<!-- figures -->\n).*?(?=<!-- end -->)", lambda _found: f"{table}\n", text, flags=re.DOTALL)
    )


def _measure(site: str, cookies: dict[str, dict[str, str]]) -> tuple[list[Figure], list[dict[str, Any]], bool]:
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        try:
            figures = list(_figures(browser, site, cookies))
            listed = [_opened(browser, site, cookies, REVIEWS, language, NARROW)[1] for language in LANGUAGES]
            goes_on = _opened(browser, site, cookies, WRITER, "en", WIDE)[1]
            return figures, listed, goes_on["goes_on"]
        finally:
            browser.close()


def _figures(browser: Any, site: str, cookies: dict[str, dict[str, str]]) -> Iterator[Figure]:
    for page in PAGES:
        for language in LANGUAGES:
            for size in (WIDE, NARROW):
                picture, measured = _opened(browser, site, cookies, page, language, size)
                if (language, size) in {("en", WIDE), ("ar", NARROW)}:
                    _keep(picture, f"{_slug(page)}-{language}-{size[0]}.png")
                yield Figure(page, language, size, measured)


def _opened(
    browser: Any, site: str, cookies: dict[str, dict[str, str]], page: KeyPage, language: str, size: tuple[int, int]
) -> tuple[bytes, dict[str, Any]]:
    """A picture of the window, and what was measured."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": key, "value": value, "url": site} for key, value in cookies[page.person].items()])
    tab = context.new_page()
    answer = tab.goto(f"{site}/{language}{page.address}")
    if not answer.ok:
        raise RuntimeError(f"{page} answers {answer.status}")
    tab.wait_for_load_state("networkidle")
    measured = tab.evaluate(MEASURE)
    picture = tab.screenshot()
    context.close()
    return picture, measured


def _keep(picture: bytes, name: str) -> None:
    """With as many colours as a page has: a third of the size."""
    from PIL import Image

    Image.open(io.BytesIO(picture)).convert("RGB").quantize(96).save(PICTURES / name, optimize=True)


def _slug(page: KeyPage) -> str:
    return page.name.lower().replace(" ", "-")


def _table(figures: list[Figure]) -> str:
    """One row a page; of each pair of figures the first is in English and the second in Arabic."""
    rows = [
        "| page | first content, 1280 px | at 360 px | primary buttons | height at 360 px |",
        "|---|---|---|---|---|",
    ]
    for page in PAGES:
        own = {(each.language, each.size): each.measured for each in figures if each.page is page}
        cells = [
            " / ".join(str(own[language, size][figure]) for language in LANGUAGES)
            for figure, size in (("first", WIDE), ("first", NARROW), ("buttons", WIDE), ("height", NARROW))
        ]
        rows.append(f"| {page.name} | {' | '.join(cells)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
