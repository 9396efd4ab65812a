"""Measure the key pages of the demo in their windows and in two languages, and photograph twelve for docs/design.md."""

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tools.demo_site import demo_site
from tools.design.measures import BAR, LIST, MEASURE, Figure
from tools.design.pages import BEYOND, LANGUAGES, NARROW, PAGES, REVIEWS, TWELVE, WIDE, WRITER, ZOOMED, KeyPage

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "design.md"
PICTURES = DOCUMENT.parent / "design"


def main() -> None:
    people = {page.person for page in (*PAGES, WRITER, REVIEWS)}
    with demo_site(people) as (site, cookies):
        figures, listed, goes_on = _measure(site, cookies)
    tables = {"figures": _table(TWELVE, figures), "beyond": _table(BEYOND, figures), "shell": _shell(figures)}
    print("\n\n".join(tables.values()))
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
    for name, table in tables.items():
        text = _with(text, name, table)
    DOCUMENT.write_text(text)


def _with(text: str, name: str, table: str) -> str:
    begins = text.index(f"<!-- {name} -->\n") + len(f"<!-- {name} -->\n")
    return f"{text[:begins]}{table}\n{text[text.index('<!-- end -->', begins) :]}"


def _measure(site: str, cookies: dict[str, dict[str, str]]) -> tuple[list[Figure], list[dict[str, Any]], bool]:
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        try:
            figures = list(_figures(browser, site, cookies))
            listed = [_opened(browser, site, cookies, REVIEWS, language, NARROW)[1] for language in LANGUAGES]
            return figures, listed, _is_one_click(browser, site, cookies)
        finally:
            browser.close()


def _is_one_click(browser: Any, site: str, cookies: dict[str, dict[str, str]]) -> bool:
    """Whether the page after signing in has the one link that leads to a page with something to fill in."""
    goes_on = _opened(browser, site, cookies, WRITER, "en", WIDE)[1]["goes_on"]
    if goes_on is None:
        return False
    place = KeyPage("Where one stopped", WRITER.person, goes_on.removeprefix(f"{site}/en"))
    return bool(_opened(browser, site, cookies, place, "en", WIDE)[1]["fields"])


def _figures(browser: Any, site: str, cookies: dict[str, dict[str, str]]) -> Iterator[Figure]:
    for page in PAGES:
        for language in LANGUAGES:
            for size in (WIDE, NARROW, ZOOMED):
                picture, measured = _opened(browser, site, cookies, page, language, size)
                if not page.is_beyond and (language, size) in {("en", WIDE), ("ar", NARROW)}:
                    _keep(picture, f"{page.slug}-{language}-{size[0]}.png")
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
    picture = tab.screenshot()
    measured = tab.evaluate(MEASURE)
    context.close()
    return picture, measured


def _keep(picture: bytes, name: str) -> None:
    """With as many colours as a page has: a third of the size."""
    from PIL import Image

    Image.open(io.BytesIO(picture)).convert("RGB").quantize(96).save(PICTURES / name, optimize=True)


def _table(pages: Sequence[KeyPage], figures: Sequence[Figure]) -> str:
    """One row a page; of each pair of figures the first is in English and the second in Arabic."""
    rows = [
        "| page | first content, 1280 px | at 360 px | primary buttons | height at 360 px |",
        "|---|---|---|---|---|",
    ]
    for page in pages:
        own = {(each.language, each.size): each.measured for each in figures if each.page is page}
        cells = [
            " / ".join(str(own[language, size][figure]) for language in LANGUAGES)
            for figure, size in (("first", WIDE), ("first", NARROW), ("buttons", WIDE), ("height", NARROW))
        ]
        rows.append(f"| {page.name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _shell(figures: Sequence[Figure]) -> str:
    """What holds of all pages measured: the worst of each."""
    seen = [each.measured for each in figures if each.size != ZOOMED]
    wide = [each.measured for each in figures if each.size == WIDE]
    found = [
        ("bar, which stays", f"{max(each['bar'] for each in seen)} px" if all(_stays(each) for each in seen) else "no"),
        ("cards in one list", max(each["cards"] for each in seen)),
        ("lowest row", f"{min(each['row'] for each in seen if each['row'] is not None)} px"),
        ("highest line of what is far away, 1280 px", f"{max(each['far'] for each in wide)} px"),
        ("long tables whose head goes", sum(each["heads"] for each in wide)),
        ("lowest box to write in", f"{min(each['lines'] for each in seen if each['lines'] is not None)} lines"),
        ("boxes less high than their text", sum(each["hidden"] for each in seen)),
        ("longest line of what is read", f"{max(each['line'] for each in seen)} noughts"),
        ("wider than the window, down to 320 px", sum(each.measured["spills"] for each in figures)),
    ]
    return "\n".join(["| over all these pages | found |", "|---|---|", *(f"| {name} | {it} |" for name, it in found)])


def _stays(measured: dict[str, Any]) -> bool:
    return measured["bar"] == BAR and measured["bar_stays"] and measured["side_stays"]


if __name__ == "__main__":
    main()
