"""Values for a spreadsheet that a person opens: none of them becomes a formula.

Every export that is meant for Excel, Calc and the like sends its text through ``safe_cell``. The files of a draw do
not: their bytes are fixed by contract (docs/draw-files.md) and checked by other programs; no value in them can begin
so (``lots.algorithm.table`` refuses names that do).
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from core.language.unseen import is_unseen

# What a program takes for the beginning of a formula (OWASP, "CSV injection"), also behind white space and as the wide
# forms that East Asian keyboards give. A line break begins a new row in what is pasted, and a formula in it.
_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠|%]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
Value = TypeVar("Value", str, int, float, None)


def safe_cell(value: Value) -> Value:
    """The value; a text that would be calculated gets an apostrophe before it, which spreadsheets do not show.

    Numbers are no text, and a text that is nothing but a number (``-12``) calculates to itself. One that has such an
    apostrophe of its own gets another, so that ``own_text`` gives back each text as it was.
    """
    if isinstance(value, str):
        bare = value.lstrip("'")
        if _FORMULA.match(_seen(bare)) and not _NUMBER.fullmatch(bare):
            return f"'{value}"
    return value


def own_text(cell: str) -> str:
    """The text of which ``safe_cell`` made a cell, for a file that comes back: without the apostrophe put there."""
    return cell[1:] if cell.startswith("'") and safe_cell(cell[1:]) == cell else cell


def _seen(value: str) -> str:
    """The text as it is read: without signs of no width, which a program may skip before it looks for a formula."""
    if value.isascii():
        return value
    return "".join(sign for sign in value if not is_unseen(sign) and unicodedata.category(sign) != "Mn")


def safe_row(values: Iterable[Value]) -> list[Value]:
    return [safe_cell(value) for value in values]
