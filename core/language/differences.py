"""What changed between two texts, word by word, in any script; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from diff_match_patch import diff_match_patch

# Scripts written without spaces between words are compared sign by sign.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
UNSPACED = re.compile(f"[{_UNSPACED}]")
_TOKENS = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+|\s+|.", re.DOTALL)
_FIRST_SIGN = 0xE000  # of the private use area: each different word stands for itself as one sign
_SECONDS = 1.0  # then the comparison goes on coarsely


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


_CHANGES = {0: Change.SAME, 1: Change.ADDED, -1: Change.REMOVED}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stayed, came or went."""

    change: Change
    text: str


def word_differences(old: str, new: str) -> Sequence[Run]:
    """Runs that make up ``old`` (without those added) and ``new`` (without those removed)."""
    words: list[str] = []
    numbers: dict[str, int] = {}

    def encode(text: str) -> str:
        signs = []
        for word in _TOKENS.findall(text):
            if word not in numbers:
                numbers[word] = len(words)
                words.append(word)
            signs.append(_sign(numbers[word]))
        return "".join(signs)

    matcher = diff_match_patch()
    matcher.Diff_Timeout = _SECONDS
    runs = matcher.diff_main(encode(old), encode(new), False)
    matcher.diff_cleanupSemantic(runs)
    return [Run(_CHANGES[change], "".join(words[_number(sign)] for sign in signs)) for change, signs in runs]


def near_changes(runs: Sequence[Run]) -> list[Run]:
    """What came and went with the paragraphs around it; "…" stands for those farther away. Nothing for no change."""
    if all(run.change == Change.SAME for run in runs):
        return []
    last = len(runs) - 1
    return [
        Run(run.change, _ends(run.text, keeps_start=place > 0, keeps_end=place < last))
        if run.change == Change.SAME
        else run
        for place, run in enumerate(runs)
    ]


def _ends(text: str, *, keeps_start: bool, keeps_end: bool) -> str:
    """The rest of the paragraph after a change, and what leads to the next one: its beginning, and headings above."""
    paragraphs = text.split("\n\n")
    start = paragraphs[:1] if keeps_start else []
    end = paragraphs[-3:] if keeps_end else []
    if len(start) + len(end) >= len(paragraphs):
        return text
    return "\n\n".join([*start, "…", *end])


def _sign(number: int) -> str:
    """A sign of its own for each word, beyond all surrogates once the private use area is full."""
    return chr(_FIRST_SIGN + number) if number < 0x1900 else chr(0x10000 + number)


def _number(sign: str) -> int:
    return ord(sign) - (0x10000 if ord(sign) >= 0x10000 else _FIRST_SIGN)
