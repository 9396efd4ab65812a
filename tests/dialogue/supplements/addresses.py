"""Who gets what at the addresses of supplements and of the dialogue."""

from tests.permissions.exchange import (
    EXCHANGE_STAGES,
    FOCAL_POINT,
    OWN_READERS,
    READ,
    READERS,
    SENT_PIECE,
    during,
    piece,
    room,
)
from tests.permissions.urls_base import (
    CLOSED,
    DIALOGUE,
    NOBODY,
    OFFICERS,
    WRITERS,
    Access,
    Page,
    only,
    review,
)

_RECORDERS = {"focal_point", "same_group_focal_point", "other_group_focal_point"} | OFFICERS
_OWN_ROOM = during(room(WRITERS, of=OWN_READERS), DIALOGUE)
_SOURCE, _SENT_SOURCE = piece("supplement_draft"), piece("supplement_sent")
_ANSWERED, _TITLE = piece("clarification_answered"), {"title": "What was answered"}
_GIVEN = {"title": "A law", "link": "https://law.example/2"}
DIALOGUE_PAGES = [
    Page("dialogue:dialogue", READ, review),
    Page("dialogue:supplement-add", {**during(only(WRITERS), *EXCHANGE_STAGES), CLOSED: only(NOBODY)}, review),
    Page("dialogue:supplement-add", during(only(WRITERS), DIALOGUE), review, "post", success=422),
    Page("dialogue:supplement-of-answer", during(only(WRITERS), DIALOGUE), _ANSWERED),
    Page("dialogue:supplement-of-answer", during(only(WRITERS), DIALOGUE), _ANSWERED, "post", _TITLE, success=302),
    Page("dialogue:supplement-edit", _OWN_ROOM, _SOURCE),
    Page("dialogue:supplement-edit", _OWN_ROOM, _SOURCE, "post", _GIVEN, success=302),
    Page("dialogue:supplement-edit", SENT_PIECE, _SENT_SOURCE, note="sent"),
    Page("dialogue:supplement-send", during(room(FOCAL_POINT, of=OWN_READERS), DIALOGUE), _SOURCE, "post", success=302),
    Page("dialogue:supplement-discard", _OWN_ROOM, _SOURCE, "post", success=302),
    Page("dialogue:supplement-file", during(Access(OWN_READERS), DIALOGUE), _SOURCE, note="draft"),
    Page("dialogue:supplement-file", during(only(READERS), DIALOGUE), _SENT_SOURCE, note="sent"),
    Page(
        "reviews:meeting-add",
        {**during(only(_RECORDERS), *EXCHANGE_STAGES), CLOSED: only(NOBODY)},
        review,
    ),
    Page("reviews:meeting-add", during(only(_RECORDERS), DIALOGUE), review, "post", success=422),
]
TABLE = {"dialogue": DIALOGUE_PAGES}
