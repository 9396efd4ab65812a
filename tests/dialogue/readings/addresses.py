"""Who gets what where a second reader of feedback is asked, and reads."""

from tests.permissions.exchange import ROOM_DRAFTERS, during, room
from tests.permissions.urls_base import DIALOGUE, NOBODY, SENT, Page, at, only

_EXPERT = frozenset({"same_group_expert"})
READINGS = [
    Page("dialogue:feedback-reader", during(room(ROOM_DRAFTERS), SENT), at("XLE")),
    Page("dialogue:feedback-reader", during(only(NOBODY), DIALOGUE), at("XLE"), note="sent"),
    Page("dialogue:feedback-reader", during(room(ROOM_DRAFTERS), SENT), at("XLE"), "post", success=422, note="nobody"),
    Page("dialogue:feedback-reading", during(room(_EXPERT), SENT), at("XLE")),
    Page("dialogue:feedback-reading", during(only(NOBODY), DIALOGUE), at("XLE"), note="sent"),
    Page("dialogue:feedback-reading", during(room(_EXPERT), SENT), at("XLE"), "post", {"verdict": "fine"}, success=302),
]
TABLE = {"readings": READINGS}
