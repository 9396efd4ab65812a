"""Taking out what nobody sees (``core.language.unseen``), when who sends a form has ticked that it be done."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from core.language.unseen import without_unseen

REMOVE_UNSEEN = "remove_unseen"  # the box beside such an error (``components/_remove_unseen.html``)


def mended(data: Any) -> Any:
    """What was posted, as it was asked to be: without what nobody sees where the box is ticked, else as it came."""
    if not isinstance(data, Mapping | QueryDict) or not data.get(REMOVE_UNSEEN):
        return data
    if not isinstance(data, QueryDict):
        return {name: _mended(value) for name, value in data.items()}
    copy = data.copy()
    for name, values in data.lists():
        copy.setlist(name, [_mended(value) for value in values])
    return copy


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return without_unseen(value)
    return [_mended(each) for each in value] if isinstance(value, Iterable) else value
