"""Who gets what at the addresses of what is said below a suggestion."""

from collections.abc import Callable
from typing import Any

from tests.permissions.exchange import DRAFTERS, FOCAL_POINTS, OWN_READERS, READERS, UNTOC, during, room
from tests.permissions.urls_base import DIALOGUE, NOBODY, OBSERVATIONS, WRITERS, Access, Page, Scene, only

_RESOLVED = {"resolved": "1", "seen": "1"}


def _of(piece: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*UNTOC(scene), getattr(scene.pieces, piece).pk]


def _at(access: Access) -> dict[str, Access]:
    return during(access, DIALOGUE, OBSERVATIONS)


_DRAFT, _OPEN = _of("suggestion_draft"), _of("suggestion_open")
_TALKING, _SPEAKING = _at(only(DRAFTERS | WRITERS)), _at(only(FOCAL_POINTS))
_IN_ROOM, _TO_NOBODY = _at(room(WRITERS, of=OWN_READERS)), _at(room(NOBODY, of=OWN_READERS))

NOTES = [
    Page("observations:suggestion-notes", _at(only(READERS)), _OPEN),
    Page("observations:suggestion-notes", _at(room(OWN_READERS, of=OWN_READERS)), _DRAFT, note="draft"),
    Page("observations:suggestion-note", _TALKING, _OPEN),
    Page("observations:suggestion-note", _TALKING, _OPEN, "post", success=422),
    Page("observations:suggestion-note", _IN_ROOM, _DRAFT, note="draft"),
    Page("observations:suggestion-note-resolve", _TALKING, _OPEN, "post", _RESOLVED, success=302),
    Page("observations:suggestion-note-resolve", _IN_ROOM, _DRAFT, "post", _RESOLVED, success=302, note="draft"),
    Page("observations:suggestion-reply", _SPEAKING, _OPEN),
    Page("observations:suggestion-reply", _SPEAKING, _OPEN, "post", success=422),
    Page("observations:suggestion-reply", _TO_NOBODY, _DRAFT, note="draft"),
    Page("observations:suggestion-reply-resolve", _SPEAKING, _OPEN, "post", _RESOLVED, success=302),
]
TABLE = {"notes below suggestions": NOTES}
