"""Who gets what at the list of publications and tools: officers keep it, auditors look at it."""

from typing import Any

from reviews.reading.models import ReadingItem
from tests.permissions.urls_base import AUDITOR, OFFICERS, Access, Page, Scene, once, only

_OFFICERS = once(only(OFFICERS, of=OFFICERS | AUDITOR))


def mechanism(scene: Scene) -> list[Any]:
    return ["untoc"]


def item(scene: Scene) -> list[Any]:
    return ["untoc", ReadingItem.objects.order_by("order", "title").first().pk]  # type: ignore[union-attr]


TABLE = {
    "publications and tools": [
        Page("reviews:reading-list", once(Access(OFFICERS | AUDITOR)), mechanism),
        Page("reviews:reading-add", _OFFICERS, mechanism),
        Page("reviews:reading-add", _OFFICERS, mechanism, "post", success=422),
        Page("reviews:reading-change", _OFFICERS, item),
        Page("reviews:reading-change", _OFFICERS, item, "post", success=422),
        Page("reviews:reading-withdraw", _OFFICERS, item),
        Page("reviews:reading-withdraw", _OFFICERS, item, "post", success=422),
        Page("reviews:reading-put-back", _OFFICERS, item),
        Page("reviews:reading-put-back", _OFFICERS, item, "post", success=422),
    ]
}
