"""Who gets what at the addresses of polls, for which the expert of the same group's State has asked."""

from tests.permissions.exchange import DRAFTERS, EXCHANGE_STAGES, READERS, ROOM_DRAFTERS, during, piece
from tests.permissions.urls_base import CLOSED, DIALOGUE, NOBODY, OFFICERS, SUMMARY, WRITERS, Page, only, review
from tests.reviews.meetings.meetings import VIENNA, in_days

_OPEN, _ANSWERED, _DECIDED = piece("poll_open"), piece("poll_closed"), piece("poll_decided")
_PROPOSING = during(only(WRITERS | DRAFTERS | OFFICERS), DIALOGUE)
_ANSWERING = during(only(WRITERS | DRAFTERS), DIALOGUE, SUMMARY)
_OF_PROPOSER = during(only(ROOM_DRAFTERS | OFFICERS), DIALOGUE)
_CLOSED_TO_ALL = during(only(NOBODY), DIALOGUE)
_WORDS = {"base": "1", "word_1": "yes", "word_2": "no"}
_GIVEN = {
    **{f"day_{number}": in_days(190 + number).isoformat() for number in (1, 2)},
    **{f"at_{number}": "10:00" for number in (1, 2)},
    "time_zone": VIENNA,
    "minutes": "60",
    "means": "conference_call",
}
TABLE = {
    "polls for the time of a meeting": [
        Page("api:poll-list", during(only(READERS), DIALOGUE), review, anonymous=401),
        Page(
            "reviews:poll-propose",
            {**during(only(WRITERS | DRAFTERS | OFFICERS), *EXCHANGE_STAGES), CLOSED: only(NOBODY)},
            review,
        ),
        Page("reviews:poll-propose", _PROPOSING, review, "post", success=422),
        Page("reviews:poll-propose", _PROPOSING, review, "post", _GIVEN, success=302),
        Page("reviews:poll-answer", _ANSWERING, _OPEN),
        Page("reviews:poll-answer", during(only(WRITERS | DRAFTERS), DIALOGUE), _OPEN, "post", success=422),
        Page("reviews:poll-answer", during(only(WRITERS | DRAFTERS), DIALOGUE), _OPEN, "post", _WORDS, success=302),
        Page("reviews:poll-answer", _CLOSED_TO_ALL, _ANSWERED, note="answered by all"),
        Page("reviews:poll-change", _OF_PROPOSER, _OPEN),
        Page("reviews:poll-change", _OF_PROPOSER, _OPEN, "post", {**_GIVEN, "base": "1"}, success=302),
        Page("reviews:poll-change", _CLOSED_TO_ALL, _DECIDED, note="decided"),
        Page("reviews:poll-pick", _OF_PROPOSER, _ANSWERED),
        Page("reviews:poll-pick", _OF_PROPOSER, _ANSWERED, "post", {"base": "1"}, success=422),
        Page("reviews:poll-pick", _CLOSED_TO_ALL, _DECIDED, note="decided"),
        Page("reviews:poll-withdraw", _OF_PROPOSER, _OPEN),
        Page("reviews:poll-withdraw", _OF_PROPOSER, _OPEN, "post", {"base": "1"}, success=302),
        Page("reviews:poll-withdraw", _CLOSED_TO_ALL, _DECIDED, "post", note="decided"),
    ]
}
