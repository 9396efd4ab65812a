"""Who gets what at the addresses of meetings of the experts to come.

The expert of the same group's State has invited: its own State has said yes by that.
"""

import datetime as dt

from tests.permissions.exchange import DRAFTERS, EXCHANGE_STAGES, ROOM_DRAFTERS, during, piece
from tests.permissions.urls_base import (
    AUDITOR,
    CLOSED,
    DIALOGUE,
    INSIDE,
    NOBODY,
    OBSERVATIONS,
    OFFICERS,
    SENT,
    SUMMARY,
    WRITERS,
    Page,
    only,
    review,
)

_READERS = INSIDE - {"contributor"} - AUDITOR
_ASKED, _AGREED, _CANCELLED = piece("meeting_asked"), piece("meeting_agreed"), piece("meeting_cancelled")
_INVITING = during(only(WRITERS | DRAFTERS | OFFICERS), DIALOGUE)
_ANSWERING = during(only(WRITERS | DRAFTERS), SENT, DIALOGUE, OBSERVATIONS, SUMMARY)
_OF_INVITER = during(only(ROOM_DRAFTERS | OFFICERS), DIALOGUE)
_CLOSED_TO_ALL = during(only(NOBODY), DIALOGUE)
_YES = {"base": "1", "agrees": "yes", "note": "It suits us."}
_NO = {"base": "1", "agrees": "no", "note": "A holiday."}
_GIVEN = {
    "day": (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=200)).isoformat(),
    "at": "10:00",
    "time_zone": "Europe/Vienna",
    "minutes": "60",
    "means": "conference_call",
}
TABLE = {
    "meetings to come": [
        Page("api:meeting-list", during(only(_READERS), DIALOGUE), review, anonymous=401),
        Page("api:held-meeting-list", during(only(_READERS), DIALOGUE), review, anonymous=401),
        Page(
            "reviews:meeting-invite",
            {**during(only(WRITERS | DRAFTERS | OFFICERS), *EXCHANGE_STAGES), CLOSED: only(NOBODY)},
            review,
        ),
        Page("reviews:meeting-invite", _INVITING, review, "post", success=422),
        Page("reviews:meeting-invite", _INVITING, review, "post", _GIVEN, success=302),
        Page("reviews:meeting-answer", _ANSWERING, _ASKED),
        Page("reviews:meeting-answer", during(only(WRITERS | DRAFTERS), DIALOGUE), _ASKED, "post", success=422),
        Page("reviews:meeting-answer", during(only(WRITERS | DRAFTERS), DIALOGUE), _ASKED, "post", _YES, success=302),
        Page(
            "reviews:meeting-answer",
            during(only(WRITERS | DRAFTERS), DIALOGUE),
            _ASKED,
            "post",
            _NO,
            success=302,
            note="no",
        ),
        Page("reviews:meeting-answer", _CLOSED_TO_ALL, _AGREED, note="agreed"),
        Page("reviews:meeting-answer", _CLOSED_TO_ALL, _CANCELLED, note="cancelled"),
        Page("reviews:meeting-change", _OF_INVITER, _ASKED),
        Page("reviews:meeting-change", _OF_INVITER, _AGREED, note="agreed"),
        Page("reviews:meeting-change", _OF_INVITER, _AGREED, "post", {**_GIVEN, "base": "1"}, success=302),
        Page("reviews:meeting-change", _CLOSED_TO_ALL, _CANCELLED, "post", note="cancelled"),
        Page("reviews:meeting-cancel", _OF_INVITER, _AGREED),
        Page("reviews:meeting-cancel", _OF_INVITER, _AGREED, "post", {"reason": "Elections."}, success=302),
        Page("reviews:meeting-cancel", _CLOSED_TO_ALL, _CANCELLED, note="cancelled"),
        Page("reviews:meeting-calendar", during(only(_READERS), DIALOGUE, SUMMARY), _AGREED),
        Page("reviews:meeting-calendar", _CLOSED_TO_ALL, _ASKED, note="not agreed"),
        Page("reviews:meeting-calendar", _CLOSED_TO_ALL, _CANCELLED, note="never agreed"),
    ]
}
