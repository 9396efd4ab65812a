"""Who gets what at the addresses of suggestions: they stand below the texts."""

from collections.abc import Callable
from typing import Any

from tests.permissions.exchange import (
    DRAFTERS,
    FOCAL_POINT,
    OWN_READERS,
    READ,
    ROOM_FOCAL_POINT,
    UNTOC,
    during,
    room,
)
from tests.permissions.urls_base import DIALOGUE, NOBODY, OBSERVATIONS, WRITERS, Page, Scene, only


def _of(piece: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*UNTOC(scene), getattr(scene.pieces, piece).pk]


_DRAFT, _OPEN, _PLACE = _of("suggestion_draft"), _of("suggestion_open"), _of("observation_tabled")
_SUGGESTING = during(only(DRAFTERS | WRITERS), DIALOGUE, OBSERVATIONS)
_IN_ROOM = during(room(WRITERS, of=OWN_READERS), DIALOGUE, OBSERVATIONS)
_LAID = during(room(FOCAL_POINT, of=OWN_READERS), DIALOGUE, OBSERVATIONS)
_DECIDING = during(only(ROOM_FOCAL_POINT), DIALOGUE, OBSERVATIONS)
_OWN = during(only(FOCAL_POINT), DIALOGUE, OBSERVATIONS)

SUGGESTIONS = [
    Page("observations:suggestion-list", READ, UNTOC),
    Page("observations:suggestion-add", _SUGGESTING, _PLACE),
    Page("observations:suggestion-add", _SUGGESTING, _PLACE, "post", success=422),
    Page("observations:suggestion-edit", _IN_ROOM, _DRAFT, note="draft"),
    Page("observations:suggestion-edit", _IN_ROOM, _DRAFT, "post", success=422, note="draft"),
    Page("observations:suggestion-edit", during(only(NOBODY), DIALOGUE), _OPEN, note="on the table"),
    Page("observations:suggestion-lay", _LAID, _DRAFT),
    # The words that are planted into the text have overtaken the draft, which is not laid then.
    Page("observations:suggestion-lay", _LAID, _DRAFT, "post", success=422),
    Page("observations:suggestion-withdraw", _IN_ROOM, _DRAFT, note="draft"),
    Page("observations:suggestion-withdraw", _IN_ROOM, _DRAFT, "post", success=302, note="draft"),
    Page("observations:suggestion-withdraw", _OWN, _OPEN, note="on the table"),
    Page("observations:suggestion-accept", _DECIDING, _OPEN),
    Page("observations:suggestion-accept", _DECIDING, _OPEN, "post", success=422),
    Page("observations:suggestion-reject", _DECIDING, _OPEN),
    Page("observations:suggestion-reject", _DECIDING, _OPEN, "post", success=422),
]
TABLE = {"suggestions": SUGGESTIONS}
