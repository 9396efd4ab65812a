"""Who gets what at the addresses of translations; their translator is nobody of the cast (test_translation_pages)."""

from collections.abc import Callable
from typing import Any

from tests.permissions.exchange import FOCAL_POINTS, READ, READERS, ROOM, ROOM_FOCAL_POINT, TIP, during, room
from tests.permissions.urls_base import ANYBODY, NOBODY, OBSERVATIONS, Page, Scene, only


def _of(piece: str, *more: Any) -> Callable[[Scene], list[Any]]:
    return lambda scene: [getattr(scene.pieces, piece).pk, *more]


_DRAFT, _CONFIRMED = _of("translation_draft"), _of("translation_confirmed")
_IN_ROOM = during(room(ROOM), OBSERVATIONS)
_BY_ITS_STATE = during(room(ROOM_FOCAL_POINT), OBSERVATIONS)
_BY_NOBODY = during(room(NOBODY), OBSERVATIONS)
_ON_TABLE = during(only(READERS), OBSERVATIONS)

TRANSLATIONS = [
    Page("observations:translation-list", READ, TIP),
    Page("observations:translation-order", during(only(FOCAL_POINTS), OBSERVATIONS), TIP),
    Page("observations:translation-order", during(only(FOCAL_POINTS), OBSERVATIONS), TIP, "post", success=422),
    Page("observations:translation-own", ANYBODY),
    Page("observations:translation", _IN_ROOM, _DRAFT, note="draft"),
    Page("observations:translation", _ON_TABLE, _CONFIRMED, note="confirmed"),
    Page("observations:translation", _BY_ITS_STATE, _DRAFT, "post", success=302, note="draft"),
    Page("observations:translation-hand-in", _BY_NOBODY, _DRAFT),
    Page("observations:translation-confirm", _BY_ITS_STATE, _DRAFT, note="draft"),
    Page("observations:translation-confirm", _BY_ITS_STATE, _DRAFT, "post", success=422, note="not whole"),
    Page("observations:translation-end", _BY_ITS_STATE, _DRAFT),
    Page("observations:translation-end", _BY_ITS_STATE, _DRAFT, "post", success=302),
    Page("observations:translation-machine", _BY_ITS_STATE, _DRAFT, "post", success=302),
    Page("observations:translation-file", _BY_ITS_STATE, _DRAFT),
    Page("observations:translation-file-in", _BY_ITS_STATE, _DRAFT),
    Page("observations:translation-file-in", _BY_ITS_STATE, _DRAFT, "post", success=422),
    Page("observations:translation-file-take", _BY_ITS_STATE, _DRAFT, success=302),
    Page("observations:translation-file-take", _BY_ITS_STATE, _DRAFT, "post", success=302),
    Page("observations:translation-document", _ON_TABLE, _of("translation_confirmed", "pdf"), "post", success=302),
    Page("observations:translation-document", _ON_TABLE, _of("translation_confirmed", "xml"), "post", success=302),
]
TABLE = {"translations": TRANSLATIONS}
