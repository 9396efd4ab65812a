"""Puts two people's changes to one text together where neither touched what the other wrote; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from core.language.differences import UNSPACED, Change, word_differences

T = TypeVar("T")

FEWEST_WORDS_BETWEEN = 3
"""Unchanged words that lie between two people's changes; nearer ones may bear on one another, and people decide."""
SIGNS_OF_A_WORD = 3
"""Of a script that is written without spaces, so many count as a word."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Edit:
    """``words`` take the place of what stands from ``start`` to ``end`` in the text that was changed."""

    start: int
    end: int
    words: str
    is_mine: bool


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with both people's changes to ``base``; None where they are too near to one another."""
    edits = sorted(
        [*_edits(base, mine, is_mine=True), *_edits(base, theirs, is_mine=False)], key=lambda each: each.start
    )
    for earlier, later in pairwise(edits):
        if earlier.is_mine != later.is_mine and not _are_apart(base, earlier, later):
            return None
    parts, place = [], 0
    for edit in edits:
        parts += [base[place : edit.start], edit.words]
        place = edit.end
    return "".join([*parts, base[place:]])


def _are_apart(base: str, earlier: _Edit, later: _Edit) -> bool:
    between = base[earlier.end : later.start] if earlier.end <= later.start else ""
    unspaced = len(UNSPACED.findall(between))
    words = sum(bool(_LETTER.search(word)) for word in UNSPACED.sub(" ", between).split())
    return words + unspaced // SIGNS_OF_A_WORD >= FEWEST_WORDS_BETWEEN


def _edits(base: str, changed: str, *, is_mine: bool) -> Iterator[_Edit]:
    """What was changed, stretch by stretch."""
    start = end = 0
    words: list[str] = []
    for run in word_differences(base, changed):
        if run.change == Change.ADDED:
            words.append(run.text)
        elif run.change == Change.REMOVED:
            end += len(run.text)
        else:
            if words or end > start:
                yield _Edit(start, end, "".join(words), is_mine)
            start = end = end + len(run.text)
            words = []
    if words or end > start:
        yield _Edit(start, end, "".join(words), is_mine)


def one_of(base: T, mine: T, theirs: T) -> Sequence[T]:
    """The value of the one who changed it, as a sequence of one; none where both did, each otherwise."""
    if mine == theirs or theirs == base:
        return (mine,)
    return (theirs,) if mine == base else ()
