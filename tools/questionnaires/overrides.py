"""What the print leaves open, settled by hand.

Entries are keyed by the item's code. Official words are never changed; every box added and every line moved
is told in the item's ``deviation``.
"""

from typing import Final

Tree = dict[str, object]

YES: Final = "Yes"
PART: Final = "Yes, in part"
NO: Final = "No"

# Yes/no questions that the print gives no boxes.
FORGOTTEN_BOXES: Final[dict[str, tuple[str, ...]]] = {
    "I.untoc.12": (YES, NO),
    "I.tip.42.b": (YES, NO),
    "I.som.50.b": (YES, NO),
    "II.som.55": (YES, NO),
    "II.firearms.86.a": (YES, NO),
    "IV.untoc.24": (YES, NO),
}
FORGOTTEN_BOXES_NOTE: Final = "The print has no boxes here; Yes and No are added because the question asks for them."

# Lists of boxes of which only one can be true.
SINGLE_CHOICE: Final = frozenset({"I.tip.41", "II.firearms.66.d"})
SINGLE_CHOICE_NOTE: Final = "The print has a list of boxes; only one can hold, so it is a single choice."

# Check-lists that the print cuts in two by "(b) Please be specific." All boxes belong to (a).
SPLIT_CHECK_LISTS: Final[dict[str, str]] = {
    "I.tip.47.b": "I.tip.47.a",
    "II.tip.44.b": "II.tip.44.a",
    "III.tip.45.b": "III.tip.45.a",
    "IV.tip.65.b": "IV.tip.65.a",
}
SPLIT_HEAD_NOTE: Final = (
    "The print goes on with the last four options under (b), which cuts the list in two; all are here, in order."
)
SPLIT_TAIL_NOTE: Final = "The boxes printed under (b) belong to the list of (a) and are given there."

LINE_BELOW_NOTE: Final = "The unnumbered line printed below the boxes is joined to the text."
HYPHEN_NOTE: Final = "The print has a hyphen instead of the dash of the items before it."

# Items without boxes that have sub-items and still ask for words of their own. All others only head theirs.
TEXT_WITH_SUB_ITEMS: Final = frozenset(
    {
        "I.firearms.81",
        "II.firearms.71",
        "II.firearms.92",
        "IV.untoc.21",
        "IV.untoc.22",
        "IV.firearms.100",
    }
)

# Conditions that no answer can decide: the State itself knows whether they hold.
SELF_ASSESSED: Final = frozenset(
    {
        "I.untoc.4",
        "I.untoc.15.a",
        "I.untoc.16.a",
        "I.som.62",
        "I.firearms.77",
        "I.firearms.81",
        "II.firearms.78.d",
        "II.firearms.87",
        "II.firearms.92",
        "III.untoc.16",
        "III.untoc.17",
        "IV.untoc.7",
        "IV.untoc.12",
        "IV.untoc.20",
        "IV.untoc.27",
        "IV.untoc.28",
        "IV.untoc.30",
        "IV.untoc.45.a",
        "IV.firearms.89.a",
        "IV.firearms.93.c.iv",
        "IV.firearms.100",
    }
)

# Headings too long for an address.
SHORT_SLUGS: Final[dict[str, str]] = {
    "General requirements for the manufacturing of firearms, their parts and components, and ammunition": (
        "manufacturing"
    ),
    "Other measures to prevent the illicit manufacturing of and trafficking in firearms, their parts and "
    "components and ammunition": "other-measures",
}

# Sections that bind only States not party to the Convention against Corruption, by cluster and instrument.
NOT_PARTY_TO_UNCAC: Final = frozenset({("I", "untoc", "article-8"), ("I", "untoc", "article-9")})


def _any_in(codes: list[str], *values: str, source: str) -> Tree:
    leaves: list[Tree] = [{"op": "in", "code": code, "values": list(values)} for code in codes]
    return {"op": "any", "of": leaves, "source": source}


def _under(parent: str, *tokens: str) -> list[str]:
    return [f"{parent}.{token}" for token in tokens]


_69 = _under("I.firearms.69", "a", "b", "c", "d")
_70_B = _under("I.firearms.70.b", "i", "ii", "iii", "iv", "v")
_71_B = _under("I.firearms.71.b", "i", "ii")
_75 = _under("I.firearms.75", "d1", "d2", "d3")
_83 = _under("II.firearms.83", "d1", "d2")
_86_B = _under("II.firearms.86.b", "i", "ii", "iii")

_ANY_OF_THESE = "If the answer to any of these questions is "
_ANY_ABOVE = "If the answer to any of the questions above is "
_YES_OR_PART = "“Yes” or “Yes, in part”"
_PART_OR_NO = "“Yes, in part” or “No”"

# Conditions whose words do not say by themselves which answers they mean.
CONDITIONS: Final[dict[str, Tree]] = {
    # (e) is a text, so it cannot be "Yes": it counts when it is answered.
    "I.firearms.69.f": {
        "op": "any",
        "of": [
            *({"op": "in", "code": code, "values": [YES]} for code in _69),
            {"op": "answered", "code": "I.firearms.69.e"},
        ],
        "source": "If the answer to any of the follow-up questions 69 (a) to (e) is “Yes”",
    },
    "I.firearms.70.c": _any_in(_70_B, YES, PART, source=_ANY_OF_THESE + _YES_OR_PART),
    "I.firearms.70.d": _any_in(_70_B, PART, NO, source=_ANY_OF_THESE + _PART_OR_NO),
    "I.firearms.71.c": _any_in(_71_B, YES, PART, source=_ANY_ABOVE + _YES_OR_PART),
    "I.firearms.71.d": _any_in(_71_B, PART, NO, source=_ANY_ABOVE + _PART_OR_NO),
    "I.firearms.75.a": _any_in(_75, YES, PART, source=_ANY_ABOVE + _YES_OR_PART),
    "I.firearms.75.b": _any_in(_75, PART, NO, source=_ANY_ABOVE + _PART_OR_NO),
    # 72 has no "Yes": it is a check-list of stricter measures.
    "II.firearms.72.a": {"op": "selected", "code": "II.firearms.72", "min": 1, "source": "If yes"},
    "II.firearms.83.a": _any_in(_83, YES, PART, source=_ANY_ABOVE + _YES_OR_PART),
    "II.firearms.83.b": _any_in(_83, PART, NO, source=_ANY_ABOVE + _PART_OR_NO),
    "II.firearms.86.c": _any_in(_86_B, PART, NO, source=_ANY_OF_THESE + "“Yes, in part”, or “No”"),
    "II.firearms.86.d": _any_in(_86_B, YES, PART, source=_ANY_OF_THESE + _YES_OR_PART),
    "II.firearms.88.a": {
        "op": "selected",
        "code": "II.firearms.88",
        "min": 1,
        "source": "If one or more of the above have been selected",
    },
    # The answer on the financial intelligence unit stands in (b), not in the parent.
    "III.untoc.2.c": {
        "op": "in",
        "code": "III.untoc.2.b",
        "values": [YES],
        "source": "If the answer is “Yes”",
    },
    "III.untoc.9": {
        "op": "in",
        "code": "III.untoc.8",
        "values": [NO],
        "source": "In the absence of any agreement or arrangement of the sort referred to in question 8",
    },
    "IV.firearms.86.a": _any_in(_under("IV.firearms.86", "d1", "d2"), YES, PART, source="If any of the above applies"),
}
