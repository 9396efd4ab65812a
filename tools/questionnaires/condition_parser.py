"""Turns the "If the answer …" at the head of an item into a condition tree.

"The answer" without a number is the parent's where the parent has boxes and
otherwise that of the preceding question; "if yes" is "Yes" alone. Words that need a reader's judgement
("any of the questions above") are in ``overrides.CONDITIONS`` and never come here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.questionnaires.parser import ROMANS

Tree = dict[str, object]
Number = tuple[str, ...]

_VALUE = r'"?(?:yes,? in part|yes|no)\b"?'
_VALUES = rf"{_VALUE}(?:,? or {_VALUE})*"
_NUMBERED = re.compile(rf"If (?:the|your) answer to (?P<refs>.*?\d.*?) is (?P<values>{_VALUES})", re.IGNORECASE)
_UNNUMBERED = re.compile(rf"If (?:the|your) answer is (?P<values>{_VALUES})", re.IGNORECASE)
_SHORT = re.compile(r'If "?(?P<word>yes|not)"?(?=,)', re.IGNORECASE)
_REFERENCE_TOKEN = re.compile(r"(?P<token>\d+|\([a-z]+\))|(?P<range>–|\bto\b)|(?P<next>,|\bor\b|\band\b)")


class ConditionSourceError(ValueError):
    """The words of a condition refer to something that is not there."""


@dataclass(frozen=True, slots=True)
class ItemOptions:
    """What the parser must know of an item: its number and the options of its boxes."""

    number: Number
    options: tuple[str, ...]


class ConditionParser:
    """Reads the conditions of one part. ``codes`` maps the number of each item to its code."""

    def __init__(self, places: Sequence[ItemOptions], codes: Mapping[Number, str]) -> None:
        self._places = {place.number: place for place in places}
        self._codes = codes

    def parse(self, number: Number, text: str) -> Tree | None:
        """The tree of the words that the text begins with, or None where it sets no condition."""
        straight = text.translate(str.maketrans("“”", '""'))
        if match := _NUMBERED.match(straight):
            references, joint = self._references(match["refs"])
            values = _split_values(match["values"])
        elif match := _UNNUMBERED.match(straight):
            references, joint = [self._the_answer(number)], "any"
            values = _split_values(match["values"])
        elif match := _SHORT.match(straight):
            references, joint = [self._the_answer(number)], "any"
            values = ["yes" if match["word"].lower() == "yes" else "no"]
        else:
            return None
        leaves = [self._leaf(reference, values) for reference in references]
        tree = leaves[0] if len(leaves) == 1 else {"op": joint, "of": leaves}
        return {**tree, "source": text[: match.end()]}

    def _the_answer(self, number: Number) -> Number:
        """The item meant by "the answer" where no number is given."""
        parent = self._places.get(number[:-1])
        if parent and parent.options:
            return parent.number
        preceding = (str(int(number[0]) - 1),)
        if preceding not in self._places or len(number) > 1:
            raise ConditionSourceError(f"{number}: no parent with boxes and no preceding question")
        return preceding

    def _leaf(self, reference: Number, values: Sequence[str]) -> Tree:
        options = self._places[reference].options
        spelled = [option for option in options if _fold(option) in values]
        if len(spelled) != len(values):
            raise ConditionSourceError(f"{reference} has the options {options}, the words say {values}")
        return {"op": "in", "code": self._codes[reference], "values": spelled}

    def _references(self, words: str) -> tuple[list[Number], str]:
        """The items that "questions 66 (f) (i)–(vi)" or "question 76 (a) and (b)" name, and their joint.

        Several items are alternatives unless "and" joins them. A group is replaced by its items with boxes.
        """
        named: list[list[str]] = []
        connector = "next"
        for match in _REFERENCE_TOKEN.finditer(words):
            if match["token"] is None:
                connector = match.lastgroup or "next"
                continue
            token = match["token"].strip("()")
            if connector == "":
                named[-1].append(token)
            elif token.isdigit():
                named.append([token])
            elif connector == "range":
                named.extend(self._up_to(named[-1], token))
            else:
                named.append([*named[-1][:-1], token])
            connector = ""
        joint = "all" if re.search(r"\band\b", words) and "any of" not in words else "any"
        return [leaf for number in named for leaf in self._with_boxes(tuple(number))], joint

    def _up_to(self, first: list[str], last: str) -> list[list[str]]:
        """The numbers after ``first`` up to its sibling ``last``: from (a) to "d" gives (b), (c), (d)."""
        row = ROMANS if first[-1] in ROMANS else tuple("abcdefghijklmnopqrstuvwxyz")
        return [[*first[:-1], token] for token in row[row.index(first[-1]) + 1 : row.index(last) + 1]]

    def _with_boxes(self, number: Number) -> list[Number]:
        if number not in self._places:
            raise ConditionSourceError(f"there is no item {' '.join(number)}")
        if self._places[number].options:
            return [number]
        return [
            other
            for other, place in self._places.items()
            if other[: len(number)] == number and len(other) == len(number) + 1 and place.options
        ]


def _split_values(words: str) -> list[str]:
    return [_fold(value.strip('" ')) for value in re.split(r",? or ", words)]


def _fold(value: str) -> str:
    return value.strip('"').replace(",", "").lower()
