"""Who gets what at the addresses of the texts that are agreed."""

from tests.permissions.exchange import (
    READ,
    READERS,
    REVIEWING_FOCAL_POINTS,
    SHOWN,
    TIP,
    UNTOC,
    during,
)
from tests.permissions.urls_base import (
    CLOSED,
    DIALOGUE,
    NOBODY,
    OBSERVATIONS,
    SUMMARY,
    Access,
    Page,
    at,
    only,
    review,
)

SUMMARY_OF_UNTOC = at("untoc", "summary")
_CLEARING = frozenset({"focal_point", "other_group_focal_point"})  # the same group's has proposed, and so cleared
_HAS_CLEARED = frozenset({"same_group_focal_point"})
_OF_WHO_ASKED = during(Access(frozenset({"expert"})), OBSERVATIONS, CLOSED)  # whose name the copy bears


TEXTS = [
    Page("observations:text-list", READ, review),
    Page("observations:text-detail", READ, UNTOC),
    Page("observations:text-detail", during(only(READERS), SUMMARY, CLOSED), SUMMARY_OF_UNTOC, note="summary"),
    Page("observations:text-propose", during(only(REVIEWING_FOCAL_POINTS), OBSERVATIONS), UNTOC, "post", success=302),
    Page("observations:text-propose", during(only(NOBODY), DIALOGUE, CLOSED), UNTOC, "post"),
    Page("observations:text-clear", during(only(_CLEARING), OBSERVATIONS), TIP, "post", SHOWN, success=302),
    Page("observations:text-clear", during(only(NOBODY), CLOSED), TIP, "post", SHOWN),
    Page("observations:text-object", during(only(_CLEARING), OBSERVATIONS), TIP),
    Page("observations:text-object", during(only(_CLEARING), OBSERVATIONS), TIP, "post", success=422),
    Page("observations:text-take-back", during(only(_HAS_CLEARED), OBSERVATIONS), TIP, "post", SHOWN, success=302),
    Page("observations:text-take-back", during(only(NOBODY), CLOSED), TIP, "post", SHOWN),
    Page("observations:text-document", READ, at("untoc", "list_of_observations", "pdf"), "post", success=302),
    Page("observations:text-document", READ, at("untoc", "list_of_observations", "docx"), "post", success=302),
    Page("observations:text-document", READ, at("untoc", "list_of_observations", "html"), "post", success=302),
    Page("core:job-detail", _OF_WHO_ASKED, lambda scene: [scene.pieces.text_job.pk], note="list"),
]
TABLE = {"texts": TEXTS}
