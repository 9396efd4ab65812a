"""No text becomes more than a page can show: hostile texts of every kind, with a bound on what they become.

Bounds are counted in tokens and characters and never in seconds: a busy machine says nothing about a text.
"""

import pytest
from django.utils import translation
from hypothesis import given, settings, strategies as st
from markdown_it.rules_block.state_block import StateBlock

from core.errors import ServiceError
from core.language import markdown
from core.language.markdown import MOST_CHARACTERS, MOST_TOKENS, TooMuchError, parse, to_html, to_text, tokens
from core.language.text import MAXIMUM_TEXT_LENGTH, clean_markdown, require_markdown
from tests.core.language.test_markdown import unsafe_parts

pytestmark = pytest.mark.unit
TABLE = "|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "a\n" * 215
LENGTH = MAXIMUM_TEXT_LENGTH
# What a text could become more than it is: each family as long as a text may be.
BEYOND = {
    "one table of 1,634 characters, which cost a second and more": TABLE,
    "the eight tables of the finding": "\n".join([TABLE] * 8),
    "a table as wide as a text": "|" + "a|" * 8_000 + "\n|" + "-|" * 8_000 + "\n" + "a\n" * 900,
    "a table in a list": "\n".join("  " + line for line in f"- x\n\n{TABLE}".split("\n")),
    "a table in a quotation": "\n".join(f"> {line}" for line in TABLE.split("\n")),
    "lines": "a\n" * (LENGTH // 2),
    "points": "- a\n" * (LENGTH // 4),
    "numbers": "\n".join(f"{number}. a" for number in range(1, 5_800)),
    "points of a word processor": "•\ta\n" * (LENGTH // 4),
    "code": "`a` " * (LENGTH // 4),
    "quotations": "> a\n\n" * (LENGTH // 5),
    "nesting of quotations": ">" * LENGTH,
    "nesting of lists": "".join("  " * depth + "- a\n" for depth in range(200)),
    "nesting of both": "> - " * 5_000 + "a",
}
WITHIN = {
    "escapes": "\\!a" * (LENGTH // 3),
    "a long address that many ask for": "[a]: https://law.example/" + "x" * 40_000 + "\n\n" + "[a] " * 999,
    "many references": "".join(f"[{number}]: https://law.example/{number}\n\n" for number in range(900)),
    "links": "[a](https://law.example) " * 1_000,
    "emphasis": "*a* " * 2_000,
    "emphasis in emphasis": "*a _b " * 2_000,
    "brackets": "[" * LENGTH,
    "pictures": "![" * (LENGTH // 2),
    "ampersands, five characters each": "&" * LENGTH,
    "rulers": "---\n\n" * 5_000,
}
ALL = {**BEYOND, **WITHIN}


def amount(text: str) -> tuple[int, int]:
    found = tokens(text)
    count = len(found) + sum(len(token.children or ()) for token in found)
    return count, len(to_html(text))


@pytest.mark.parametrize("text", ALL.values(), ids=ALL.keys())
def test_no_text_becomes_more_than_the_budget(text: str) -> None:
    count, length = amount(text)
    assert count <= MOST_TOKENS
    assert length <= 8 * MOST_CHARACTERS  # an ampersand takes five characters, and tags are not counted


@pytest.mark.parametrize("text", BEYOND.values(), ids=BEYOND.keys())
def test_one_beyond_it_is_refused_when_it_is_saved(text: str) -> None:
    with pytest.raises(ServiceError, match="No page could show this text") as refused:
        clean_markdown(text, maximum=100_000, field="note")
    assert refused.value.field == "note"


@pytest.mark.parametrize("text", BEYOND.values(), ids=BEYOND.keys())
def test_and_shown_as_it_was_typed_where_it_was_stored_before(text: str) -> None:
    html = to_html(text)
    assert html.startswith("<p>Shown as it was typed, because")
    assert unsafe_parts(html) == []
    with translation.override("ar"):
        assert to_html(text).count("<pre>") == 1
    assert to_text(text) == text


@pytest.mark.parametrize("text", WITHIN.values(), ids=WITHIN.keys())
def test_one_within_it_is_shown(text: str) -> None:
    assert "Shown as it was typed" not in to_html(text)
    assert clean_markdown(text, maximum=100_000) == text.rstrip()


def test_the_parser_stops_at_the_budget_and_does_not_finish_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """It made a million cells before; now it makes no token more than the budget."""
    made = 0
    push = StateBlock.push

    def counting(self: StateBlock, *args: str | int) -> object:
        nonlocal made
        made += 1
        return push(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(StateBlock, "push", counting)
    with pytest.raises(TooMuchError):
        parse(BEYOND["a table as wide as a text"])
    assert MOST_TOKENS <= made <= MOST_TOKENS + 1


MARKS = [*"[]()*_`~#&<!\\|-:", "](", "**a", "[a]"]
LINE = st.one_of(
    st.integers(1, 900).map(lambda width: "|" + "a|" * width),
    st.integers(1, 900).map(lambda width: "|" + "-|" * width),
    st.tuples(st.sampled_from(["> ", "- ", "1. ", "  ", "\t"]), st.integers(1, 60)).map(lambda it: it[0] * it[1] + "a"),
    st.tuples(st.sampled_from(MARKS), st.integers(1, 900)).map(lambda it: it[0] * it[1]),
    st.integers(1, 2_000).map(lambda length: "[a]: https://" + "x" * length),
    st.sampled_from(["", "a", "•\ta", "1)\ta", "```", "    a", "===", "---", "[a][a]", "![a](b)", "<http://a.b>"]),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(LINE, st.integers(1, 300)), max_size=8))
def test_no_text_of_the_generated_family_becomes_more(parts: list[tuple[str, int]]) -> None:
    text = "\n".join("\n".join([line] * times) for line, times in parts)[:LENGTH]
    count, length = amount(text)
    assert count <= MOST_TOKENS
    assert length <= 8 * MOST_CHARACTERS
    assert unsafe_parts(to_html(text)) == []


def test_an_honest_text_of_full_length_and_forty_tables_is_within_the_budget() -> None:
    paragraph = (
        "Article 5 is carried out by the *Organized Crime Act*, sections 3 to 9 ([text](https://law.example/3)).\n\n"
    )
    table = "| Year | Cases | Judgments |\n|---|---|---|\n" + "| 2021 | 12 | 9 |\n" * 12
    text = (paragraph * 8 + "- first\n- second\n- third\n\n" + table + "\n") * 40
    assert 40_000 < len(text) <= LENGTH
    assert sum(len(token.children or ()) + 1 for token in parse(text)) < MOST_TOKENS * 2 / 3


def test_what_is_refused_says_so_before_it_says_that_it_is_empty() -> None:
    with pytest.raises(ServiceError, match="Write it"):
        require_markdown("  \n", "Write it.")
    with pytest.raises(ServiceError, match="No page could show"):
        require_markdown(TABLE, "Write it.")


WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=2, max_size=6), min_size=1, max_size=4).map(" ".join)
PIECE = st.builds(
    lambda mark, words: mark.replace("@", words),
    st.sampled_from(
        [
            "@", "# @", "> @", "- @", "1. @", "7. @", "•\t@", "o\t@", "a)\t@", "**@**", "`@`", "[@](https://x.y)",
            '[a](https://x.y "@")', "![@](https://x.y)", "[@]: https://x.y", "[1]: @", "``` @", "| @ | b |", "|---|",
            "|---|---|", "| c | d | @ |", "    @", "\t@", "  @", "<!-- @ -->", "<@>", "&@;", "@  ", "@\\", "~~~", "===",
        ]
    ),
    WORDS,
)  # fmt: skip


@given(st.lists(PIECE, max_size=9))
def test_every_word_that_was_typed_is_shown(pieces: list[str]) -> None:
    """References, words for blind readers, titles of links and cells too many were hidden: cleared and never read."""
    text = "\n".join(pieces)
    typed = [word for word in "".join(sign if sign in "abcdefgh" else " " for sign in text).split() if len(word) > 1]
    shown = to_text(text)
    missing = [word for word in typed if word not in shown]
    assert missing == []


def test_a_code_of_a_character_brings_nothing_unseen_back() -> None:
    assert "\u202e" not in to_html("a &#8238; b &#x202e; c")
    assert markdown.to_text("a&shy;b") == "a&shy;b"
