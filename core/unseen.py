"""Characters in a text that nobody sees, and that let it read differently from its bytes; pure.

What States clear is bytes; what their people read is what these bytes look like. Overrides and isolates of direction
(U+202A-202E, U+2066-2069) set words in another order than they are stored in, spaces of no width and soft hyphens hide
within a word from every search and comparison, and tags and fillers hold what no page shows. They stay out.

Three kinds that are not seen either belong to honest writing and stay: the marks of direction (U+200E, U+200F, U+061C),
which keyboards for Arabic give and which turn no letter around; joiners (U+200C, U+200D) behind a letter of a script
that is spelt with them, as Persian and Urdu are, or in an emoji; and the signs of Arabic that enclose what follows.
"""

import re
import unicodedata
from collections.abc import Iterator

_MARKS = "\u200e\u200f\u061c"
_JOINERS = "\u200c\u200d"
_ENCLOSING = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
# Blank by their look, letters by their category: fillers of Hangul, vowels of Khmer that have none, and the joiner of
# graphemes.
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
# All that can be meant; one search through a text that holds none of it, as nearly every text.
_SUSPECT = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U00011000-\U0001ffff\U000e0000-\U000e0fff]"
)


def unseen_places(text: str) -> Iterator[int]:
    """Where the characters stand that stay out."""
    for found in _SUSPECT.finditer(text):
        if _is_unseen(text, found.start()):
            yield found.start()


def is_unseen(character: str) -> bool:
    """Whether a character by itself is shown by nothing; joiners too."""
    return unicodedata.category(character) == "Cf" or character in _FILLERS


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


def _is_unseen(text: str, place: int) -> bool:
    character = text[place]
    if character in _MARKS or character in _ENCLOSING or not is_unseen(character):
        return False
    return not (character in _JOINERS and place > 0 and _takes_joiner(text[place - 1]))


def _takes_joiner(before: str) -> bool:
    """Letters and vowel signs from Arabic to Mongolian, and pictures."""
    if "\u0600" <= before <= "\u1cff":
        return unicodedata.category(before)[0] in "LM" and not _is_far_eastern(before)
    return before == "\ufe0f" or unicodedata.category(before) in {"So", "Sk"}


def _is_far_eastern(letter: str) -> bool:
    """Georgian, Hangul and others between the two that are not joined."""
    return "\u10a0" <= letter <= "\u11ff" or "\u13a0" <= letter <= "\u167f"
