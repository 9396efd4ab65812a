"""Who gets what at the addresses of consultations."""

from tests.permissions.exchange import FOCAL_POINTS, during
from tests.permissions.urls_base import BEFORE, DIALOGUE, INSIDE, NOBODY, OFFICERS, SENT, Access, Page, at, only, review

_PROPOSAL = {"languages": ["en"]}
CONSULTATIONS = [
    Page("reviews:consultation", {BEFORE: Access(INSIDE), **during(Access(INSIDE), SENT)}, review),
    Page(
        "reviews:consultation-propose",
        {BEFORE: only(FOCAL_POINTS | OFFICERS), **during(only(NOBODY), SENT)},
        review,
    ),
    Page("reviews:consultation-propose", {BEFORE: only(FOCAL_POINTS | OFFICERS)}, review, "post", success=422),
    Page(
        "reviews:consultation-propose", {BEFORE: only(FOCAL_POINTS | OFFICERS)}, review, "post", _PROPOSAL, success=302
    ),
    Page("reviews:consultation-confirm", {BEFORE: only(FOCAL_POINTS)}, review, "post", {"number": "1"}, success=302),
    # The other group's State has named its people; the record is refused by the service, and the page is there.
    Page("reviews:consultation-go-ahead", {BEFORE: only(OFFICERS), **during(only(NOBODY), SENT)}, at("XAL")),
    Page("reviews:consultation-go-ahead", {BEFORE: only(OFFICERS)}, at("XAL"), "post", {"reason": "Now."}, success=422),
    Page("reviews:processing-record", during(only(OFFICERS), SENT, DIALOGUE), review, "post", success=302),
]
TABLE = {"consultations": CONSULTATIONS}
