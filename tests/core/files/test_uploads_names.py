"""What a person calls a file is shown without what misleads or harms."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from core.files.uploads import shown_name
from core.files.uploads.names import LONGEST_NAME, LONGEST_NAME_BYTES

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("law.pdf", "law.pdf"),
        ("Act No. 12 of 2021 (amended).pdf", "Act No. 12 of 2021 (amended).pdf"),
        ("قانون مكافحة الجريمة.pdf", "قانون مكافحة الجريمة.pdf"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\laws\\law.pdf", "law.pdf"),
        ("..\\..\\law.pdf", "law.pdf"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ("law\r\nSet-Cookie: a=b.pdf", "lawSet-Cookie_ a=b.pdf"),
        ("law\x00.exe.pdf", "law.exe.pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("\u2067law\u2069\u200f.pdf", "law.pdf"),
        ("la\u200bw\ufeff.pdf", "law.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.tar.pdf", "_LPT1.tar.pdf"),
        ("console.pdf", "console.pdf"),
        ("  law  .pdf. ", "law.pdf"),
        ("...pdf", "file.pdf"),
        (".pdf", "file.pdf"),
        ("", "file"),
        ("\ud800.pdf", "file.pdf"),
        ("e\u0301tat.pdf", "\u00e9tat.pdf"),
    ],
)
def test_the_name_that_is_shown(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown


@pytest.mark.parametrize("letter", ["a", "ق", "法", "😀"])
def test_a_name_of_three_hundred_characters_is_cut_and_keeps_its_ending(letter: str) -> None:
    shown = shown_name(letter * 300 + ".pdf")
    assert shown == letter * (len(shown) - 4) + ".pdf"
    assert len(shown) <= LONGEST_NAME
    assert len(shown.encode()) <= LONGEST_NAME_BYTES


@given(st.text(st.characters(codec=None), max_size=400))
def test_whatever_the_name_it_is_one_harmless_part_of_a_path(name: str) -> None:
    shown = shown_name(name)
    assert shown not in {"", ".", ".."}
    assert not set(shown) & set('/\\<>:"|?*')
    assert all(unicodedata.category(each) not in {"Cc", "Cs", "Zl", "Zp"} for each in shown)
    assert len(shown.encode()) <= LONGEST_NAME_BYTES
    assert shown_name(shown) == shown
