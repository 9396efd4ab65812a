"""Who gets what at the addresses of replies to written feedback."""

from tests.permissions.exchange import FOCAL_POINT, OWN_READERS, READERS, during, room
from tests.permissions.urls_base import CLOSED, DIALOGUE, NOBODY, OBSERVATIONS, WRITERS, Page, at, only

_WORDS, _WHY = {"text": "Words."}, {"reason": "A word why."}
REPLIES = [
    Page("dialogue:feedback-detail", during(only(READERS), DIALOGUE, OBSERVATIONS), at("XAL"), note="with a reply"),
    Page("dialogue:feedback-reply", during(only(WRITERS), DIALOGUE), at("XAL")),
    Page("dialogue:feedback-reply", during(only(NOBODY), OBSERVATIONS, CLOSED), at("XAL"), note="sent, or closed"),
    Page("dialogue:feedback-reply", during(only(WRITERS), DIALOGUE), at("XAL"), "post", _WORDS, success=302),
    Page("dialogue:feedback-reply-send", during(only(FOCAL_POINT), DIALOGUE), at("XAL")),
    Page("dialogue:feedback-reply-send", during(only(FOCAL_POINT), DIALOGUE), at("XAL"), "post", success=302),
    Page("dialogue:feedback-reply-recall", during(room(NOBODY, of=OWN_READERS), DIALOGUE), at("XAL"), note="draft"),
    Page("dialogue:feedback-reply-recall", during(only(FOCAL_POINT), OBSERVATIONS), at("XAL"), note="sent"),
    Page(
        "dialogue:feedback-reply-recall", during(only(FOCAL_POINT), OBSERVATIONS), at("XAL"), "post", _WHY, success=302
    ),
]
TABLE = {"replies": REPLIES}
