"""Who gets what on the page of preparation, and at the questions on the legal system."""

from tests.permissions.exchange import (
    DRAFTERS,
    EXCHANGE_STAGES,
    FOCAL_POINT,
    OWN_READERS,
    ROOM_DRAFTERS,
    ROOM_FOCAL_POINT,
    during,
    piece,
    room,
)
from tests.permissions.urls_base import AUDITOR, BEFORE, CLOSED, DIALOGUE, INSIDE, NOBODY, WRITERS, Page, only, review

_EARLY = (BEFORE, DIALOGUE)
_TAKING_PART = INSIDE - AUDITOR
PREPARATION = [
    Page("dialogue:preparation", during(only(_TAKING_PART), BEFORE, *EXCHANGE_STAGES, CLOSED), review),
    Page("dialogue:legal-system-ask", {**during(only(DRAFTERS), *_EARLY), CLOSED: only(NOBODY)}, review),
    Page("dialogue:legal-system-ask", during(only(DRAFTERS), BEFORE), review, "post", success=422),
    Page(
        "dialogue:clarification-edit",
        during(room(ROOM_DRAFTERS), BEFORE),
        piece("legal_draft"),
        note="on the legal system",
    ),
    Page(
        "dialogue:clarification-send",
        during(room(ROOM_FOCAL_POINT), BEFORE),
        piece("legal_draft"),
        "post",
        success=302,
        note="on the legal system",
    ),
    Page(
        "dialogue:clarification-answer",
        during(only(WRITERS), BEFORE),
        piece("legal_asked"),
        note="on the legal system",
    ),
    Page(
        "dialogue:clarification-answer-send",
        during(only(FOCAL_POINT), BEFORE),
        piece("legal_asked"),
        "post",
        success=302,
        note="on the legal system",
    ),
    Page("dialogue:supplement-offer", {**during(only(WRITERS), *_EARLY), CLOSED: only(NOBODY)}, review),
    Page("dialogue:supplement-offer", during(only(WRITERS), BEFORE), review, "post", success=422),
    Page("dialogue:supplement-volunteer", {**during(only(WRITERS), *_EARLY), CLOSED: only(NOBODY)}, review),
    Page("dialogue:supplement-volunteer", during(only(WRITERS), BEFORE), review, "post", success=422),
    Page(
        "dialogue:supplement-edit",
        during(room(WRITERS, of=OWN_READERS), BEFORE),
        piece("law_draft"),
        note="a law",
    ),
    Page(
        "dialogue:supplement-send",
        during(room(FOCAL_POINT, of=OWN_READERS), BEFORE),
        piece("law_draft"),
        "post",
        success=302,
        note="a law",
    ),
    Page(
        "dialogue:supplement-edit",
        during(only(NOBODY), BEFORE),
        piece("voluntary_sent"),
        note="voluntary, sent",
    ),
]
TABLE = {"preparation": PREPARATION}
