"""Who gets what at the addresses of written feedback."""

from tests.permissions.exchange import READ, READERS, ROOM, ROOM_DRAFTERS, ROOM_FOCAL_POINT, during, room
from tests.permissions.pieces import QUESTION
from tests.permissions.urls_base import (
    CLOSED,
    DIALOGUE,
    NOBODY,
    OBSERVATIONS,
    OFFICERS,
    SENT,
    Access,
    Page,
    at,
    only,
    review,
)

_COMMENT = {"text": "A comment.", "base": "0"}
FEEDBACK = [
    Page("portal:desk", READ, review),
    Page("portal:desk-section", READ, at("untoc", "article-15")),
    # Whoever has no room at the desk is told nothing, not even that there is something (docs/adr/0064).
    Page("portal:desk-together", during(Access(READERS - OFFICERS)), at("untoc", "article-15")),
    Page("dialogue:feedback-list", READ, review),
    Page("dialogue:feedback-form", during(only(OFFICERS), SENT), review),
    Page("dialogue:feedback-form", during(only(NOBODY), DIALOGUE), review, note="sent"),
    # The States have begun to write in the walk, so that it stays; that it is set: tests/dialogue/joint.
    Page("dialogue:feedback-form", during(only(OFFICERS), SENT), review, "post", {"form": "joint"}, success=422),
    Page("dialogue:feedback-detail", during(room(ROOM), SENT), at("XLE"), note="draft"),
    Page("dialogue:feedback-detail", during(only(READERS), DIALOGUE, CLOSED), at("XLE"), note="sent"),
    Page("dialogue:feedback-clear", during(room(ROOM_FOCAL_POINT), SENT), at("XLE")),
    Page("dialogue:feedback-clear", during(only(NOBODY), DIALOGUE), at("XLE"), note="sent"),
    Page("dialogue:feedback-clear", during(room(ROOM_FOCAL_POINT), SENT), at("XLE"), "post", success=302),
    # Feedback of one State is sent by its one clearance; of joint feedback: tests/dialogue/joint.
    Page("dialogue:feedback-take-back", during(room(NOBODY), SENT), at("XLE")),
    Page("dialogue:feedback-recall", during(room(NOBODY), SENT), at("XLE"), note="draft"),
    Page("dialogue:feedback-recall", during(only(ROOM_FOCAL_POINT), DIALOGUE), at("XLE"), note="sent"),
    Page("dialogue:feedback-recall", during(only(NOBODY), OBSERVATIONS, CLOSED), at("XLE"), note="moved on"),
    Page(
        "dialogue:feedback-recall",
        during(only(ROOM_FOCAL_POINT), DIALOGUE),
        at("XLE"),
        "post",
        {"reason": "A word why."},
        success=302,
    ),
    Page("dialogue:question-comment", during(room(ROOM_DRAFTERS), SENT), at("XLE", QUESTION)),
    Page(
        "dialogue:question-comment",
        during(room(ROOM_DRAFTERS), SENT),
        at("XLE", QUESTION),
        "post",
        _COMMENT,
        success=302,
    ),
    Page("dialogue:question-comment", during(only(NOBODY), DIALOGUE), at("XLE", QUESTION), note="sent"),
    Page("dialogue:article-comment", during(room(ROOM_DRAFTERS), SENT), at("XLE", "untoc", 15)),
    Page(
        "dialogue:article-comment",
        during(room(ROOM_DRAFTERS), SENT),
        at("XLE", "untoc", 15),
        "post",
        _COMMENT,
        success=302,
    ),
]
TABLE = {"feedback": FEEDBACK}
