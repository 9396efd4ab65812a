"""The page that stands at the portal's address while a start goes on."""

import html
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from config.embedded import waiting
from tests.embedded.stand_in import standing_in


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("", "en"), ("ar-EG,ar;q=0.9", "ar"), ("xx, ar;q=0.5, en;q=0.1", "ar"), ("tlh", "en"), ("*", "en")],
)
def test_it_speaks_the_readers_language(wanted: str, language: str) -> None:
    assert waiting.language_for(wanted) == language


@pytest.mark.parametrize("step", waiting.STEPS)
def test_it_says_what_is_done_and_what_is_being_done(step: str) -> None:
    shown = html.unescape(waiting.page("en", step, "", "n"))
    assert re.findall(r"aria-current=step>([^<]*)<", shown) == [waiting.WORDS[step]]
    before = waiting.STEPS[: waiting.STEPS.index(step)]
    done = [name for name in before if name != waiting.DEMO]  # most starts make none
    assert re.findall(r"✓ ([^<]*)<", shown) == [waiting.WORDS[name] for name in done]
    assert (waiting.WORDS[waiting.DEMO] in shown) == (step == waiting.DEMO)


@pytest.mark.parametrize(("progress", "words"), [("3 24", "3 of 24"), ("", ""), ("3", ""), ("<b> 2", "")])
def test_it_says_how_far_the_demo_is(progress: str, words: str) -> None:
    shown = waiting.page("en", waiting.DEMO, progress, "n")
    assert ("<progress" in shown) == bool(words)
    assert words in shown
    assert "<b>" not in shown


def test_a_state_that_nobody_knows_is_the_beginning() -> None:
    assert "aria-current=step>Start the database" in waiting.page("en", "", "", "n")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with standing_in(tmp_path) as address:
        yield address


def answer(address: str, method: str = "GET") -> tuple[int, Message, str]:
    try:
        urllib.request.urlopen(urllib.request.Request(address, method=method))  # noqa: S310 - our own
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()
    raise AssertionError("It is not there yet, and says so.")


@pytest.mark.parametrize("path", ["", "en/untoc/reviews/", "healthz/"])
def test_whoever_asks_for_anything_is_told_to_come_back(address: str, path: str) -> None:
    status, headers, content = answer(address + path)
    assert (status, headers["Cache-Control"]) == (503, "no-store")
    assert int(headers["Retry-After"]) > 0
    assert headers["Server"] == "portal"
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", headers["Content-Security-Policy"])[1]
    assert content.count(f'nonce="{nonce}"') == 2
    assert answer(address + path)[1]["Content-Security-Policy"] != headers["Content-Security-Policy"]
    assert answer(address + path, "HEAD")[2] == ""
    assert answer(address + path, "POST")[0] == 503
