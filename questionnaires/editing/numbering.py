"""Which number comes next: a proposal, which an editor may change before the item is there."""

import string
from collections.abc import Sequence

from questionnaires.definitions import DASH, Item, QuestionnaireDefinition

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def next_token(definition: QuestionnaireDefinition, siblings: Sequence[Item], depth: int) -> str:
    """The last part of the number of an item that stands behind ``siblings``; ``depth`` is 0 for a question."""
    if depth == 0:
        numbers = [int(item.number[0]) for item in definition.items() if item.is_question and item.number[0].isdigit()]
        return str(max(numbers, default=0) + 1)
    tokens = [item.number[-1] for item in siblings]
    if tokens and tokens[-1].startswith(DASH):
        return f"{DASH}{1 + max(int(token[1:]) for token in tokens if token[1:].isdigit())}"
    series: Sequence[str] = _ROMAN if depth > 1 else string.ascii_lowercase
    free = [token for token in series if token not in tokens]
    known = [series.index(token) for token in tokens if token in series]
    behind = [token for token in free if series.index(token) > max(known, default=-1)]
    return next(iter(behind or free), "")
