"""Who gets what at the addresses at which the States conclude the dialogue."""

from tests.permissions.exchange import FOCAL_POINTS, during
from tests.permissions.urls_base import DIALOGUE, NOBODY, OBSERVATIONS, OFFICERS, SENT, Page, only, review

_SAYS, _RECORDS = during(only(FOCAL_POINTS), DIALOGUE), during(only(OFFICERS), DIALOGUE)
_CLOSED = during(only(NOBODY), SENT, OBSERVATIONS)
_NOT_YET = {"agrees": "no", "note": "We have questions."}
CONCLUSION = [
    Page("dialogue:dialogue-conclude", _SAYS, review),
    Page("dialogue:dialogue-conclude", _CLOSED, review),
    Page("dialogue:dialogue-conclude", _SAYS, review, "post", _NOT_YET, success=302),
    Page("dialogue:conclusion-record", _RECORDS, review),
    Page("dialogue:conclusion-record", _CLOSED, review),
    Page("dialogue:conclusion-record", _RECORDS, review, "post", success=422),
]
TABLE = {"conclusion": CONCLUSION}
