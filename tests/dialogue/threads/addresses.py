"""Who gets what at the addresses of messages of the dialogue."""

from tests.permissions.exchange import (
    DRAFTERS,
    EXCHANGE_STAGES,
    FOCAL_POINTS,
    IN_ROOM,
    OWN_READERS,
    READ,
    READERS,
    ROOM,
    ROOM_FOCAL_POINT,
    SENT_PIECE,
    TEXT,
    during,
    piece,
    room,
)
from tests.permissions.pieces import QUESTION
from tests.permissions.urls_base import CLOSED, DIALOGUE, NOBODY, WRITERS, Page, at, only, review

_WRITE = WRITERS | DRAFTERS
_RECALLED = piece("message_recalled")
_DRAFT, _RELEASED, _SHUT = piece("message_draft"), piece("message_released"), piece("thread_closed")
_BEGIN = {**during(only(_WRITE), *EXCHANGE_STAGES), CLOSED: only(NOBODY)}
_BY_ROOM, _BY_OWN = during(room(ROOM_FOCAL_POINT), DIALOGUE), during(only(ROOM_FOCAL_POINT), DIALOGUE)
_BY_FOCAL_POINTS, _REFUSED = during(only(FOCAL_POINTS), DIALOGUE), during(only(NOBODY), DIALOGUE)
_WHY = {"reason": "A word why."}
THREADS = [
    Page("dialogue:thread-list", READ, review),
    Page("dialogue:thread-begin", _BEGIN, at("question", QUESTION)),
    Page("dialogue:thread-begin", during(only(_WRITE), DIALOGUE), at("review", "-"), "post", success=422),
    Page("dialogue:thread-begin", during(only(_WRITE), DIALOGUE), at("review", "-"), "post", TEXT, success=302),
    Page("dialogue:thread", during(only(READERS), *EXCHANGE_STAGES), _RELEASED),
    Page("dialogue:thread", during(room(ROOM), DIALOGUE), _DRAFT, note="draft"),
    Page("dialogue:thread", during(room(OWN_READERS, of=OWN_READERS), DIALOGUE), _RECALLED, note="recalled"),
    Page("dialogue:thread-reply", during(only(_WRITE), DIALOGUE), _RELEASED),
    Page("dialogue:thread-reply", _REFUSED, _SHUT, note="closed"),
    Page("dialogue:thread-close", _BY_OWN, _RELEASED, "post", {"seen": "1"}, success=302),
    Page("dialogue:thread-close", _BY_FOCAL_POINTS, _SHUT, "post", success=302, note="closed"),
    Page("dialogue:thread-reopen", _BY_FOCAL_POINTS, _SHUT, "post", success=302),
    Page("dialogue:thread-reopen", during(only(_WRITE), DIALOGUE), _RELEASED, "post", success=302, note="open"),
    Page("dialogue:message-edit", IN_ROOM, _DRAFT),
    Page("dialogue:message-edit", IN_ROOM, _DRAFT, "post", TEXT, success=302),
    Page("dialogue:message-edit", SENT_PIECE, _RELEASED, note="released"),
    Page("dialogue:message-discard", IN_ROOM, _DRAFT, "post", success=302),
    Page("dialogue:message-release", _BY_ROOM, _DRAFT),
    Page("dialogue:message-release", _BY_ROOM, _DRAFT, "post", success=302),
    Page("dialogue:message-recall", _REFUSED, _RELEASED, note="with a draft below it"),
    Page("dialogue:message-recall", during(room(NOBODY), DIALOGUE), _DRAFT, "post", _WHY, note="draft"),
    Page("dialogue:thread-release", {**_BY_FOCAL_POINTS, CLOSED: only(NOBODY)}, review),
    Page("dialogue:thread-release", _BY_FOCAL_POINTS, review, "post", {"who": "experts"}, success=302),
]
TABLE = {"threads": THREADS}
