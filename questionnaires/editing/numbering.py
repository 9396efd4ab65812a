"""Which number comes next: a proposal, which an editor may change before the item is there."""

import string
from collections.abc import Iterable, Sequence

from questionnaires.definitions import DASH, Item, parent_code

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def next_token(siblings: Sequence[Item], parent: Item | None, codes: Iterable[str]) -> str:
    """The last part of the number of an item that stands behind ``siblings``, under ``parent`` or as a question.

    ``codes``: those of the draft, and those that published versions have given for good.
    """
    if parent is None:
        numbers = [int(_token(code)) for code in codes if code.count(".") == 2 and _token(code).isdigit()]
        return str(max(numbers, default=0) + 1)
    used = {_token(code) for code in codes if parent_code(code) == parent.code}
    if siblings and siblings[-1].number[-1].startswith(DASH):
        return f"{DASH}{1 + max(int(token[1:]) for token in used if token[0] == 'd' and token[1:].isdigit())}"
    series: Sequence[str] = string.ascii_lowercase if parent.is_question else _ROMAN
    free = [token for token in series if token not in used]
    known = [series.index(item.number[-1]) for item in siblings if item.number[-1] in series]
    behind = [token for token in free if series.index(token) > max(known, default=-1)]
    return next(iter(behind or free), "")


def _token(code: str) -> str:
    """The last part of a code; a dash is a "d" there."""
    return code.rpartition(".")[2]
