"""Who gets what at the addresses of objections: they stand below the texts."""

from typing import Any

from tests.permissions.exchange import FOCAL_POINT, FOCAL_POINTS, REVIEWING_FOCAL_POINTS, SHOWN, TIP, UNTOC, during
from tests.permissions.urls_base import CLOSED, NOBODY, OBSERVATIONS, Page, Scene, only

_CLEARING = frozenset({"focal_point", "other_group_focal_point"})  # the same group's has proposed, and so cleared


def _objection(scene: Scene) -> list[Any]:
    """The one of the State under review to what was proposed first."""
    return [*TIP(scene), scene.pieces.objection.pk]


_OWN = during(only(FOCAL_POINT), OBSERVATIONS)

OBJECTIONS = [
    Page("observations:objection-reply", during(only(FOCAL_POINTS), OBSERVATIONS), _objection),
    Page("observations:objection-reply", during(only(FOCAL_POINTS), OBSERVATIONS), _objection, "post", success=422),
    Page("observations:objection-withdraw", _OWN, _objection),
    Page("observations:objection-withdraw", _OWN, _objection, "post", success=302),
    Page("observations:objection-resolve", _OWN, _objection),
    Page("observations:objection-resolve", _OWN, _objection, "post", SHOWN, success=422),
    Page("observations:text-clear-resolving", during(only(_CLEARING), OBSERVATIONS), TIP),
    Page("observations:text-clear-resolving", during(only(_CLEARING), OBSERVATIONS), TIP, "post", SHOWN, success=422),
    Page("observations:text-clear-resolving", during(only(NOBODY), CLOSED), TIP),
    Page("observations:text-propose-resolving", during(only(REVIEWING_FOCAL_POINTS), OBSERVATIONS), UNTOC),
    Page(
        "observations:text-propose-resolving",
        during(only(REVIEWING_FOCAL_POINTS), OBSERVATIONS),
        UNTOC,
        "post",
        SHOWN,
        success=422,
    ),
]
TABLE = {"objections": OBJECTIONS}
