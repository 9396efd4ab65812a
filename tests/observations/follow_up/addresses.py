"""Who gets what at the addresses of the follow-up: the State's own people; the others read what it shares."""

from typing import Any

from tests.permissions.exchange import FOCAL_POINT, OWN_READERS, READERS, during
from tests.permissions.urls_base import (
    ANYBODY,
    CLOSED,
    DIALOGUE,
    NOBODY,
    SUMMARY,
    WRITERS,
    Page,
    Scene,
    at,
    only,
    review,
)


def _item(scene: Scene) -> list[Any]:
    """One about which something is recorded; at the step of the summaries one of an agreed list."""
    from observations.follow_up.models import FollowUp
    from observations.follow_up.selectors import agreed_observations

    row = FollowUp.objects.filter(review=scene.cast.review).order_by("created_at").first()
    items = agreed_observations(scene.cast.review)
    return [*scene.review, row.observation_id if row else items[0].pk]


_FORM = {"base": "1", "status": "done", "action": "It is done."}
_AFTERWARDS = (SUMMARY, CLOSED)
FOLLOW_UP = [
    Page("observations:follow-up", during(only(READERS), *_AFTERWARDS), review),
    Page("observations:follow-up", during(only(NOBODY), DIALOGUE), review, note="nothing agreed"),
    Page("observations:follow-up-file", during(only(OWN_READERS), *_AFTERWARDS), at("csv"), note="table"),
    Page("observations:follow-up-file", during(only(OWN_READERS), CLOSED), at("json")),
    Page("observations:follow-up-item", during(only(OWN_READERS), *_AFTERWARDS), _item),
    Page("observations:follow-up-record", during(only(WRITERS), *_AFTERWARDS), _item),
    Page("observations:follow-up-record", during(only(WRITERS), CLOSED), _item, "post", {}, 422),
    Page("observations:follow-up-share", during(only(FOCAL_POINT), CLOSED), _item),
    Page("observations:follow-up-share", during(only(NOBODY), SUMMARY), _item, note="nothing recorded"),
    Page("observations:follow-up-share", during(only(FOCAL_POINT), CLOSED), _item, "post", {}, 422),
    Page("observations:follow-up-take-back", during(only(FOCAL_POINT), CLOSED), _item),
    Page("observations:follow-up-take-back", during(only(FOCAL_POINT), CLOSED), _item, "post", {"base": "1"}, 302),
    Page("observations:follow-up-shared", ANYBODY, anonymous=200),
]
TABLE = {"follow-up": FOLLOW_UP}
