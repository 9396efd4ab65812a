"""What nobody sees stays out of what States clear, and what honest writing needs stays in."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from core.errors import ServiceError
from core.language.markdown import to_html, to_text
from core.language.text import UNSEEN, clean_text, require_text
from core.language.unseen import is_unseen, unseen_places, with_signs, without_unseen

pytestmark = pytest.mark.unit
HIDDEN = [
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",  # overrides and isolates of direction
    *"\u200b\u2060\ufeff\u00ad\u180e",  # spaces of no width, soft hyphens
    *"\u2061\u2062\u2063\u2064\u206a\u206f\ufff9\ufffb",  # operators that are not shown, notes between lines
    *"\u034f\u115f\u1160\u3164\uffa0\u17b4",  # fillers
    "\U000e0001", "\U000e0041", "\U0001d173",  # tags, musical marks
]  # fmt: skip
VARIANTS = "\u180b\u180c\u180d\u180f" + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
HONEST = [
    "می\u200cروم", "\u0646\u0627\u0645\u0647\u200c\u0647\u0627", "क्\u200dष", "ශ්\u200dරී",  # Persian, Hindi, Sinhala
    "👩\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "👩🏽\u200d⚖\ufe0f",
    "المادة \u200e5\u200f", "\u061c12 مادة", "(see عربي\u200f!)", "\u200e5 articles",
    "葛\U000e0100", "1\ufe0f\u20e3", "ᠠ\u180b",  # variants: of a name, of a key, of a letter
    "\u060012", "a\u00a0b", "10\u202f500", "e\u0301", "سُورَة \u06dd",
]  # fmt: skip


@pytest.mark.parametrize("sign", HIDDEN)
def test_a_hidden_sign_is_refused_by_name(sign: str) -> None:
    with pytest.raises(ServiceError) as refused:
        clean_text(f"over{sign}ride", field="reason")
    assert refused.value.field == "reason"
    assert refused.value.code == UNSEEN
    assert f"U+{ord(sign):04X}" in str(refused.value)
    assert without_unseen(f"over{sign}ride") == "override"
    assert with_signs(f"over{sign}ride") == f"over⟨U+{ord(sign):04X}⟩ride"


@pytest.mark.parametrize("text", HONEST)
def test_honest_writing_comes_in_unchanged(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)
    assert without_unseen(text) == text
    assert with_signs(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "by \u200f3 / 4 / 2027",  # was read as 2027 / 4 / 3
        "1\u061c : 100", "\u200f12", "عربي\nby \u200f3", "\u200flaw", "\u200eالمادة", "\u200e\u200fالمادة",
        "law\ufe0f", "\ufe0f", "a\ufe00", "م\U000e0100",
    ],
)  # fmt: skip
def test_a_mark_that_turns_what_others_write_and_a_variant_of_nothing_are_hidden(text: str) -> None:
    with pytest.raises(ServiceError, match="U\\+"):
        clean_text(text)
    assert list(unseen_places(without_unseen(text))) == []


def test_many_marks_are_looked_at_in_one_pass() -> None:
    assert len(list(unseen_places("\u200f" * 200_000))) == 200_000


@pytest.mark.parametrize(
    "text", ["pay\u200cment", "\u200dlaw", "5\u200c0", "a \u200dlaw", "法\u200c律", "م\u200c\u200cن"]
)
def test_a_joiner_where_nothing_is_joined_is_hidden(text: str) -> None:
    assert list(unseen_places(text))
    with pytest.raises(ServiceError, match="U\\+200"):
        require_text(text, "Write it.")


def test_several_are_named_in_one_sentence() -> None:
    with pytest.raises(ServiceError, match="characters that nobody sees: ⟨U\\+202E⟩ ⟨U\\+200B⟩ ⟨U\\+00AD⟩ …\\."):
        clean_text("\u202ea\u202e\u200b\u00ad\ufeff")


def test_line_ends_of_word_processors_are_line_ends() -> None:
    assert clean_text("a\vb\u2028c\u2029d\r\ne\rf") == "a\nb\nc\n\nd\ne\nf"


def test_what_was_stored_before_is_shown_with_its_signs() -> None:
    """The bytes "override" were shown as "edirrevo"."""
    assert to_html("\u202eoverride") == "<p>⟨U+202E⟩override</p>\n"
    assert to_text("over\u00adride") == "over⟨U+00AD⟩ride"


@given(st.text(max_size=60))
def test_what_is_taken_in_is_read_as_it_is_stored(text: str) -> None:
    """Every character of a text that was accepted has a place on the page, or is one that writing needs."""
    mended = without_unseen(text)
    assert list(unseen_places(mended)) == []
    assert without_unseen(mended) == mended
    for place, sign in enumerate(mended):
        if is_unseen(sign):
            is_variant = sign in VARIANTS
            assert sign in "\u200e\u200f\u061c\u200c\u200d" or is_variant or "\u0600" <= sign <= "\u08e2"
            assert sign not in "\u200c\u200d" or place > 0


def test_the_search_for_suspects_misses_none_of_unicode() -> None:
    """Every invisible format character that Python knows is looked at."""
    needed = set("\u200e\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
    for code in range(0x110000):
        sign = chr(code)
        if unicodedata.category(sign) == "Cf" and sign not in needed:
            assert list(unseen_places(f"a{sign}")) == [1], hex(code)


def test_the_script_that_spares_it_to_those_who_paste_knows_the_same_signs() -> None:
    """Joiners, marks, variants and what lies beyond the first plane are left to the server."""
    script = (Path(__file__).resolve().parents[3] / "static/js/unseen.js").read_text("utf-8")
    listed = re.search(r"^const hidden = /(\[[^\]]+\])/gu;$", script, re.MULTILINE)
    assert listed is not None
    hidden = re.compile(listed[1])
    for sign in map(chr, (*range(0xD800), *range(0xE000, 0x10000))):
        if sign not in "\u200c\u200d\u200e\u200f\u061c" and sign not in VARIANTS:
            assert bool(hidden.match(sign)) == bool(list(unseen_places(f"a{sign}"))), hex(ord(sign))


def _is_taken(sign: str) -> bool:
    try:
        clean_text(f"a{sign}b")
    except ServiceError:
        return False
    return True


def test_every_control_character_and_half_of_a_pair_is_refused_but_what_ends_a_line() -> None:
    signs = {chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cc", "Cs"}}
    assert {sign for sign in signs if _is_taken(sign)} == {"\n", "\t", "\r", "\v"}  # two of them become ends of lines
    with pytest.raises(ServiceError, match="characters that are not text"):
        clean_text("a\x00b")
    assert not _is_taken("\ufffe") and not _is_taken("\uffff"), "no Word file could hold them"
