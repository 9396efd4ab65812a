"""What a PDF does by itself when it is opened: at most to turn to one of its own pages.

``/OpenAction`` is a place in the document, or an action (ISO 32000-2, 7.7.2 and 12.6). Of the actions only that which
turns to a place is honest there; a link to the web is one that a person clicks, and no opening.
"""

import re
from collections.abc import Iterator, Sequence

from core.files.uploads.kinds import acts

_OPENING = re.compile(rb"/OpenAction(?=[\x00\t\n\f\r /<>\[\]()%{}]|$)")
_REFERENCE = re.compile(rb"(\d{1,10})\s+(\d{1,5})\s+R")
_KIND = re.compile(rb"/S\s*/([^\x00\t\n\f\r /<>\[\]()%{}]+)")
_SPACE = b"\x00\t\n\f\r "
_LOOKED_AT = 4096  # bytes of an action
_NEXT = re.compile(rb"/Next(?=[\x00\t\n\f\r /<>\[\]()%{}]|$)")
# (where its first object begins, the stream unpacked)
Streams = Sequence[tuple[int, bytes]]


def check_opening(clear: bytes, streams: Streams) -> None:
    """Raises UploadError. What an opening leads to and cannot be found is taken for an act."""
    for text in (clear, *(objects for _first, objects in streams)):
        for mark in _OPENING.finditer(text):
            value = text[mark.end() : mark.end() + _LOOKED_AT].lstrip(_SPACE)
            reference = _REFERENCE.match(value)
            if reference is None:
                bodies = [value]
            else:
                bodies = list(_objects(reference[1], clear, streams))
            if not bodies or not all(map(_is_harmless, bodies)):
                raise acts()


def _is_harmless(value: bytes) -> bool:
    """A place, nothing, or the action that turns to a place and does nothing after it."""
    if value.startswith((b"[", b"null", b"(", b"/")):  # a place by itself, or by its name
        return True
    if not value.startswith(b"<<"):
        return False
    action = value[: _end_of_dictionary(value)]
    return set(_KIND.findall(action)) == {b"GoTo"} and _NEXT.search(action) is None


def _end_of_dictionary(value: bytes) -> int:
    depth = 0
    for mark in re.finditer(rb"<<|>>", value):
        depth += 1 if mark[0] == b"<<" else -1
        if depth == 0:
            return mark.end()
    return len(value)


def _objects(number: bytes, clear: bytes, streams: Streams) -> Iterator[bytes]:
    """Everything that bears this number; an object that was changed stands there more than once."""
    for mark in re.finditer(rb"(?<!\d)0*" + number.lstrip(b"0") + rb"\s+\d+\s+obj", clear):
        yield clear[mark.end() : mark.end() + _LOOKED_AT].lstrip(_SPACE)
    for first, objects in streams:
        numbers = objects[:first].split()
        for place in range(0, len(numbers) - 1, 2):
            if numbers[place].lstrip(b"0") == number.lstrip(b"0") and numbers[place + 1].isdigit():
                begin = first + int(numbers[place + 1])
                yield objects[begin : begin + _LOOKED_AT].lstrip(_SPACE)
