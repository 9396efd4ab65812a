"""Who gets what at the addresses of the passages of summaries."""

from tests.permissions.exchange import (
    DRAFTERS,
    READERS,
    REVIEWING_FOCAL_POINTS,
    ROOM_DRAFTERS,
    ROOM_FOCAL_POINT,
    TEXT,
    during,
)
from tests.permissions.urls_base import (
    CLOSED,
    INSIDE,
    NOBODY,
    SUMMARY,
    Access,
    Page,
    at,
    only,
)

_SUMMARY, _PASSAGE = at("untoc", "summary"), at("untoc", "summary", 1)
_DRAFT_OF_PASSAGE = {"text": "Other words."}


def _of_drafted(may: frozenset[str]) -> Access:
    """These of the State that has drafted; those of the other may do it too, and find no draft."""
    return Access(may, INSIDE - may - {"other_group_focal_point"})


PASSAGES = [
    Page("observations:passage-arrange", during(only(REVIEWING_FOCAL_POINTS), SUMMARY), _SUMMARY),
    Page("observations:passage-arrange", during(only(NOBODY), CLOSED), _SUMMARY),
    Page("observations:passage-arrange", during(only(REVIEWING_FOCAL_POINTS), SUMMARY), _SUMMARY, "post", {}, 422),
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
    Page("observations:passage-history", during(only(READERS), SUMMARY, CLOSED), _PASSAGE),
    # The other group's State has drafted nothing there: its people find no draft to lay or discard.
    Page("observations:passage-lay", during(_of_drafted(ROOM_FOCAL_POINT), SUMMARY), _PASSAGE),
    Page("observations:passage-lay", during(_of_drafted(ROOM_FOCAL_POINT), SUMMARY), _PASSAGE, "post", success=302),
    Page("observations:passage-discard", during(_of_drafted(ROOM_DRAFTERS), SUMMARY), _PASSAGE),
    Page("observations:passage-discard", during(_of_drafted(ROOM_DRAFTERS), SUMMARY), _PASSAGE, "post", success=302),
]
TABLE = {"passages": PASSAGES}
