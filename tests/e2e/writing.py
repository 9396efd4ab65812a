"""Who writes into a page by way of a line that may fail, and where."""

from playwright.sync_api import Locator, Page

from tests import utils
from tests.e2e.conftest import SignIn
from tests.e2e.faulty_line import FaultyLine
from tests.e2e.people import give_passphrases
from tests.utils import Cast

SECTION = "/en/untoc/reviews/1-XVE/response/untoc/article-5/"
WORDS = "I.untoc.3"


def writers(stage: str = "") -> Cast:
    cast = utils.make_cast(stage) if stage else utils.make_cast()
    give_passphrases(cast)
    return cast


def question(page: Page, code: str = WORDS) -> Locator:
    return page.locator(f'[data-question="{code}"]')


def opened(page: Page, line: FaultyLine) -> Page:
    page.goto(f"{line.url}{SECTION}")
    page.evaluate("for (const each of document.querySelectorAll('[data-words]')) each.open = true")
    return page


def signed_in(sign_in: SignIn, cast: Cast, line: FaultyLine) -> Page:
    """Cookies of a host hold for all its ports, the line's among them."""
    return opened(sign_in(cast.expert), line)
