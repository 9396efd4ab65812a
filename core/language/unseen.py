"""Characters in a text that nobody sees, and that let it read differently from its bytes; pure.

What States clear is bytes; what their people read is what these bytes look like. Overrides and isolates of direction
(U+202A-202E, U+2066-2069) set words in another order than they are stored in, spaces of no width and soft hyphens hide
within a word from every search and comparison, and tags and fillers hold what no page shows. They stay out.

Four kinds that are not seen either belong to honest writing and stay: the marks of direction (U+200E, U+200F, U+061C),
which keyboards for Arabic give, among letters that run that way (behind "by", U+200F would set "3 / 4" as "4 / 3", and
before the first letter of a paragraph either mark turns the whole of it); joiners (U+200C, U+200D) behind a letter of a
script that is spelt with them, as Persian and Urdu are, or in an emoji; selectors of a variant behind a sign that has
variants; and the signs of Arabic that enclose what follows.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

# Control characters but line ends and tabs, halves of pairs, and the two that no XML can hold; Unicode adds none.
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TO_THE_RIGHT, _MARKS = "\u200e", "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_ENCLOSING = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
# Blank by their look, letters by their category: fillers of Hangul, vowels of Khmer that have none, and the joiner of
# graphemes.
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
# All that can be meant; one search through a text that holds none of it, as nearly every text.
_SUSPECT = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U00011000-\U0001ffff\U000e0000-\U000e0fff"
    "\u180b-\u180f\ufe00-\ufe0f]"
)
_VARIANT = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# What is drawn in variants: keys and pictures, ideographs, letters of Mongolian, Myanmar, Phags-pa.
_HAS_VARIANTS = re.compile("[0-9#*\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTERS_WITH_VARIANTS = re.compile("[\u1000-\u109f\u1820-\u18aa\ua840-\ua877\uaa60-\uaa7f]")


def unseen_places(text: str) -> Iterator[int]:
    """Where the characters stand that stay out."""
    directions = _Directions(text)
    for found in _SUSPECT.finditer(text):
        if _is_unseen(text, found.start(), directions):
            yield found.start()


def is_unseen(character: str) -> bool:
    """Whether a character by itself is shown by nothing; joiners and selectors of a variant too."""
    return unicodedata.category(character) == "Cf" or character in _FILLERS or _VARIANT.fullmatch(character) is not None


def without_unseen(text: str) -> str:
    """The text as it is read. What a joiner rests on may go with it, so that it is looked at again."""
    while places := set(unseen_places(text)):
        text = "".join(character for place, character in enumerate(text) if place not in places)
    return text


def with_signs(text: str) -> str:
    """The text with a sign that is seen (``⟨U+202E⟩``) in the place of each; for what was stored before."""
    places = set(unseen_places(text))
    if not places:
        return text
    return "".join(code_of(sign) if place in places else sign for place, sign in enumerate(text))


def code_of(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


class _Directions:
    """Which way the letters around a place run, within its paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _found(self) -> tuple[list[int], list[str]]:
        """Places of letters and ends of lines, and what stands there, in one pass however many marks there are."""
        kinds = ((place, "" if sign == "\n" else _runs(sign)) for place, sign in enumerate(self.text))
        found = [(place, kind) for place, kind in kinds if kind is not None]
        return [place for place, _kind in found], [kind for _place, kind in found]

    def misplaced(self, place: int) -> bool:
        """Whether a mark of direction stands where it turns what others write the other way."""
        places, kinds = self._found
        after = bisect_left(places, place)
        before = kinds[after - 1] if after else ""
        near = before or (kinds[after] if after < len(kinds) else "")
        if self.text[place] == _TO_THE_RIGHT:
            return not before and near == "left"
        return near != "left"


def _runs(sign: str) -> str | None:
    """``left`` for letters that run to the left, ``right`` for others; None for what is no letter, as a mark itself."""
    if sign in _MARKS:
        return None
    return {"L": "right", "R": "left", "AL": "left"}.get(unicodedata.bidirectional(sign))


def _is_unseen(text: str, place: int, directions: _Directions) -> bool:
    character = text[place]
    if character in _ENCLOSING or not is_unseen(character):
        return False
    if character in _MARKS:
        return directions.misplaced(place)
    before = text[place - 1] if place else ""
    if _VARIANT.fullmatch(character):
        return not _has_variants(before)
    return not (character in _JOINERS and before and _takes_joiner(before))


def _has_variants(before: str) -> bool:
    if not before:
        return False
    is_sign = unicodedata.category(before) in {"So", "Sm", "Sk"} or before in "\u203c\u2049\u3030\u303d"
    return is_sign or bool(_HAS_VARIANTS.fullmatch(before) or _LETTERS_WITH_VARIANTS.fullmatch(before))


def _takes_joiner(before: str) -> bool:
    """Letters and vowel signs from Arabic to Mongolian, and pictures."""
    if "\u0600" <= before <= "\u1cff":
        return unicodedata.category(before)[0] in "LM" and not _is_far_eastern(before)
    return before == "\ufe0f" or unicodedata.category(before) in {"So", "Sk"}


def _is_far_eastern(letter: str) -> bool:
    """Georgian, Hangul and others between the two that are not joined."""
    return "\u10a0" <= letter <= "\u11ff" or "\u13a0" <= letter <= "\u167f"
