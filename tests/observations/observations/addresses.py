"""Who gets what at the addresses of observations."""

from tests.permissions.exchange import (
    DRAFTERS,
    READ,
    READERS,
    REVIEWING_FOCAL_POINTS,
    ROOM,
    ROOM_DRAFTERS,
    ROOM_FOCAL_POINT,
    during,
    piece,
    room,
)
from tests.permissions.urls_base import CLOSED, DIALOGUE, NOBODY, OBSERVATIONS, SENT, SUMMARY, Page, at, only, review

_DRAFTED, _TABLED = piece("observation_draft"), piece("observation_tabled")
_SPEAKERS = only(REVIEWING_FOCAL_POINTS)
_ROOM_OF_LIST = during(room(ROOM_DRAFTERS), DIALOGUE, OBSERVATIONS)
OBSERVATIONS_PAGES = [
    Page("observations:observation-list", READ, review),
    Page(
        "observations:observation-add",
        {**during(only(DRAFTERS), SENT, DIALOGUE, OBSERVATIONS), **during(only(NOBODY), SUMMARY, CLOSED)},
        at("untoc"),
    ),
    Page("observations:observation-add", during(only(DRAFTERS), DIALOGUE), at("untoc"), "post", success=422),
    Page("observations:observation-edit", _ROOM_OF_LIST, _DRAFTED, note="draft"),
    Page("observations:observation-edit", during(only(ROOM_FOCAL_POINT), DIALOGUE), _TABLED, note="on the table"),
    Page(
        "observations:observation-edit",
        during(only(ROOM_FOCAL_POINT), DIALOGUE),
        _TABLED,
        "post",
        success=422,
        note="on the table",
    ),
    Page("observations:observation-copy", during(only(DRAFTERS), DIALOGUE, OBSERVATIONS), _TABLED, note="on the table"),
    Page("observations:observation-copy", during(room(NOBODY), DIALOGUE), _DRAFTED, note="draft"),
    Page(
        "observations:observation-copy",
        during(only(DRAFTERS), DIALOGUE),
        _TABLED,
        "post",
        success=422,
        note="on the table",
    ),
    Page("observations:observation-edit", _ROOM_OF_LIST, _DRAFTED, "post", success=422, note="draft"),
    Page("observations:observation-table", during(room(ROOM_FOCAL_POINT), DIALOGUE), _DRAFTED, "post", success=302),
    Page("observations:observation-table", during(only(NOBODY), DIALOGUE), _TABLED, "post", note="on the table"),
    Page("observations:observation-withdraw", during(room(ROOM_DRAFTERS), DIALOGUE), _DRAFTED, "post", success=302),
    Page(
        "observations:observation-withdraw",
        during(only(ROOM_FOCAL_POINT), DIALOGUE),
        _TABLED,
        "post",
        {"reason": "Another observation says it."},
        success=302,
        note="on the table",
    ),
    Page("observations:observation-discuss", during(only(ROOM_FOCAL_POINT), DIALOGUE), _TABLED),
    Page("observations:observation-discuss", during(only(ROOM_FOCAL_POINT), DIALOGUE), _TABLED, "post", {}, 302),
    Page("observations:observation-discuss", during(room(NOBODY), DIALOGUE), _DRAFTED, note="draft"),
    Page("observations:observation-table-several", during(_SPEAKERS, DIALOGUE), at("untoc")),
    Page(
        "observations:observation-table-several",
        during(_SPEAKERS, DIALOGUE),
        at("untoc"),
        "post",
        {},
        422,
    ),
    Page("observations:observation-order", during(_SPEAKERS, DIALOGUE, OBSERVATIONS), at("untoc")),
    Page("observations:observation-order", during(_SPEAKERS, DIALOGUE), at("untoc"), "post", {}, 422),
    Page("observations:observation-history", during(room(ROOM), DIALOGUE), _DRAFTED, note="draft"),
    Page("observations:observation-history", during(only(READERS), DIALOGUE), _TABLED, note="on the table"),
]
TABLE = {"observations": OBSERVATIONS_PAGES}
