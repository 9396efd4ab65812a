"""Who gets what at the addresses of clarifications."""

from tests.permissions.exchange import (
    DRAFTERS,
    EXCHANGE_STAGES,
    FOCAL_POINT,
    IN_ROOM,
    READ,
    ROOM_DRAFTERS,
    ROOM_FOCAL_POINT,
    SENT_PIECE,
    TEXT,
    during,
    piece,
    room,
)
from tests.permissions.pieces import QUESTION
from tests.permissions.urls_base import CLOSED, DIALOGUE, NOBODY, WRITERS, Page, at, only, review

_ASK = during(only(DRAFTERS), *EXCHANGE_STAGES)
_DRAFT, _ASKED = piece("clarification_draft"), piece("clarification_asked")
_ANSWERED = piece("clarification_answered")
_BY_ROOM_FOCAL_POINT = during(room(ROOM_FOCAL_POINT), DIALOGUE)
CLARIFICATIONS = [
    Page("dialogue:clarification-list", READ, review),
    Page("dialogue:clarification-ask", {**_ASK, CLOSED: only(NOBODY)}, at(QUESTION)),
    Page("dialogue:clarification-ask", during(only(DRAFTERS), DIALOGUE), at(QUESTION), "post", success=422),
    Page("dialogue:clarification-edit", IN_ROOM, _DRAFT),
    Page("dialogue:clarification-edit", IN_ROOM, _DRAFT, "post", TEXT, success=302),
    Page("dialogue:clarification-edit", SENT_PIECE, _ASKED, note="sent"),
    Page("dialogue:clarification-send", _BY_ROOM_FOCAL_POINT, _DRAFT, "post", success=302),
    Page("dialogue:clarification-send", SENT_PIECE, _ASKED, "post", note="sent"),
    Page("dialogue:clarification-discard", IN_ROOM, _DRAFT, "post", success=302),
    Page("dialogue:clarification-answer", during(only(WRITERS), DIALOGUE), _ASKED),
    Page("dialogue:clarification-answer", during(only(WRITERS), DIALOGUE), _ASKED, "post", TEXT, success=302),
    Page("dialogue:clarification-answer-send", during(only(FOCAL_POINT), DIALOGUE), _ASKED, "post", success=302),
    Page("dialogue:clarification-further", during(only(ROOM_DRAFTERS), DIALOGUE), _ANSWERED),
    Page("dialogue:clarification-further", during(only(ROOM_DRAFTERS), DIALOGUE), _ANSWERED, "post", TEXT, success=302),
    Page("dialogue:clarification-further", during(only(NOBODY), DIALOGUE), _ASKED, note="not answered"),
    Page("dialogue:clarification-further", during(room(NOBODY), DIALOGUE), _DRAFT, note="draft"),
    Page("dialogue:clarification-close", during(only(ROOM_FOCAL_POINT), DIALOGUE), _ASKED, "post", success=302),
    Page("dialogue:clarification-close", during(room(NOBODY), DIALOGUE), _DRAFT, "post", note="draft"),
]
TABLE = {"clarifications": CLARIFICATIONS}
