"""Who gets what at the addresses of the texts that are agreed."""

from tests.permissions.exchange import (
    DRAFTERS,
    READ,
    READERS,
    REVIEWING_FOCAL_POINTS,
    ROOM_DRAFTERS,
    ROOM_FOCAL_POINT,
    SHOWN,
    TEXT,
    TIP,
    UNTOC,
    during,
)
from tests.permissions.urls_base import (
    CLOSED,
    DIALOGUE,
    INSIDE,
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
_PASSAGE = at("untoc", "summary", 1)
_DRAFT_OF_PASSAGE = {"text": "Other words."}


def _of_drafted(may: frozenset[str]) -> Access:
    """These of the State that has drafted; those of the other may do it too, and find no draft."""
    return Access(may, INSIDE - may - {"other_group_focal_point"})


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
    Page("observations:text-document", READ, at("untoc", "list_of_observations", "pdf"), "post", success=302),
    Page("observations:text-document", READ, at("untoc", "list_of_observations", "docx"), "post", success=302),
    Page("observations:passage-edit", during(only(REVIEWING_FOCAL_POINTS), SUMMARY), at("untoc", "summary", 1)),
    Page("observations:passage-edit", during(only(NOBODY), CLOSED), at("untoc", "summary", 1)),
    Page(
        "observations:passage-edit",
        during(only(REVIEWING_FOCAL_POINTS), SUMMARY),
        at("untoc", "summary", 1),
        "post",
        {**TEXT, "base": "2"},
        success=302,
    ),
    Page("observations:passage-draft", during(only(DRAFTERS), SUMMARY), _PASSAGE),
    Page("observations:passage-draft", during(only(NOBODY), CLOSED), _PASSAGE),
    Page(
        "observations:passage-draft", during(only(DRAFTERS), SUMMARY), _PASSAGE, "post", _DRAFT_OF_PASSAGE, success=302
    ),
    # The other group's State has drafted nothing there: its people find no draft to lay or discard.
    Page("observations:passage-lay", during(_of_drafted(ROOM_FOCAL_POINT), SUMMARY), _PASSAGE),
    Page("observations:passage-lay", during(_of_drafted(ROOM_FOCAL_POINT), SUMMARY), _PASSAGE, "post", success=302),
    Page("observations:passage-discard", during(_of_drafted(ROOM_DRAFTERS), SUMMARY), _PASSAGE),
    Page("observations:passage-discard", during(_of_drafted(ROOM_DRAFTERS), SUMMARY), _PASSAGE, "post", success=302),
    Page("core:job-detail", during(only(READERS), OBSERVATIONS, CLOSED), lambda scene: [scene.pieces.text_job.pk]),
]
TABLE = {"texts": TEXTS}
