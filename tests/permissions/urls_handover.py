"""Replacing a person, the handover page, and the rooms of the reviewing States."""

from tests.permissions.urls_base import (
    CLOSED,
    DIALOGUE,
    DRAFT,
    NOBODY,
    OBSERVATIONS,
    SUMMARY,
    WRITERS,
    Page,
    always,
    only,
    review,
)

_DRAFTING = WRITERS | {"same_group_focal_point", "same_group_expert", "other_group_focal_point"}
_HANDOVER = only(_DRAFTING)
_REVIEWING = {"same_group_focal_point", "other_group_focal_point"}
_ROOMS = {**always(only(_REVIEWING)), CLOSED: only(NOBODY)}
TABLE = {
    "handover": [
        Page(
            "portal:handover",
            {**always(_HANDOVER), DIALOGUE: _HANDOVER, OBSERVATIONS: _HANDOVER, SUMMARY: _HANDOVER},
            review,
        ),
        Page("reviews:rooms", _ROOMS, review),
        Page("reviews:rooms", {DRAFT: only(_REVIEWING)}, review, "post", success=422),
    ]
}
