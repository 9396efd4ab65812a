"""Answering in the browser, as a person does: what is open is answered, and so are the follow-ups that appear."""

from playwright.sync_api import Locator, Page, expect

from questionnaires.definitions.selectors import PlacedSection

_OPEN = "[data-question]:not([hidden]) > [data-body]:not([hidden])"


def open_section(page: Page, root: str, place: PlacedSection) -> None:
    page.goto(f"{root}/response/{'/'.join(place.address)}/")


def all_saved(page: Page) -> None:
    expect(page.locator("[data-overall]")).to_have_text("All answers saved")


def answer_section(page: Page, words: str) -> int:
    """Answer every item of the open section that is asked; give how many there were."""
    done: set[str] = set()
    while waiting := [code for code in _asked(page) if code not in done]:
        for code in waiting:
            _answer(page.locator(f'[data-question="{code}"] > [data-body]'), f"{words} {code}")
            done.add(code)
        all_saved(page)
    return len(done)


def _asked(page: Page) -> list[str]:
    codes: list[str] = page.eval_on_selector_all(
        _OPEN, "bodies => bodies.filter(b => b.querySelector('[data-base]')).map(b => b.parentElement.dataset.question)"
    )
    return codes


def _answer(body: Locator, words: str) -> None:
    choices = body.locator("input[type=radio][value]:not([value='']), input[type=checkbox]")
    if choices.count():
        choices.first.check()
    else:
        body.locator("textarea").fill(words)
