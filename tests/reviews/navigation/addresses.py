"""Who gets what at the pages of a review, of its people, and where one is replaced."""

from tests.permissions.urls_base import (
    CLOSED,
    DIALOGUE,
    DRAFT,
    EVERYBODY,
    INSIDE,
    NOBODY,
    OBSERVATIONS,
    OFFICERS,
    SUMMARY,
    WRITERS,
    Access,
    Page,
    always,
    once,
    only,
    participation,
    review,
)

_DRAFTING = WRITERS | {"same_group_focal_point", "same_group_expert", "other_group_focal_point"}
_HANDOVER = only(_DRAFTING)
_REVIEWING = {"same_group_focal_point", "other_group_focal_point"}
_ROOMS = {**always(only(_REVIEWING)), CLOSED: only(NOBODY)}
REVIEWS = [
    Page("portal:review-detail", always(Access(INSIDE)), review),
    Page("reviews:review-open", once(only(OFFICERS, of=EVERYBODY)), lambda scene: ["untoc"]),
    Page("reviews:review-open", once(only(OFFICERS, of=EVERYBODY)), lambda scene: ["untoc"], "post", success=422),
    Page("reviews:participant-list", always(Access(INSIDE)), review),
    Page("api:participant-list", always(Access(INSIDE)), review, anonymous=401),
    Page("reviews:participant-end", always(only(OFFICERS)), participation("expert")),
    Page("reviews:participant-end", once(only(OFFICERS)), participation("expert"), "post", success=422),
    Page("reviews:review-remind", {**always(only(OFFICERS)), CLOSED: only(NOBODY)}, review, "post", success=302),
]
TABLE = {
    "handover": [
        Page(
            "portal:handover",
            {**always(_HANDOVER), DIALOGUE: _HANDOVER, OBSERVATIONS: _HANDOVER, SUMMARY: _HANDOVER},
            review,
        ),
        Page("reviews:rooms", _ROOMS, review),
        Page("reviews:rooms", {DRAFT: only(_REVIEWING)}, review, "post", success=422),
    ],
    "reviews": REVIEWS,
}
