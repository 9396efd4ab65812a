"""Who gets what at the addresses of letters and links: officers; and whoever holds a link, its page alone."""

from typing import Any

from tests.permissions.urls_base import ANYBODY, AUDITOR, OFFICERS, Page, Scene, once, only

_OFFICERS = once(only(OFFICERS, of=OFFICERS | AUDITOR))


def mechanism(scene: Scene) -> list[Any]:
    return ["untoc"]


def received(scene: Scene) -> list[Any]:
    return ["untoc", scene.outreach.received.pk]


def damaged(scene: Scene) -> list[Any]:
    return ["no-such-token"]


BOARD = [
    Page("reviews:board", _OFFICERS, mechanism),
    Page("reviews:letters", _OFFICERS, mechanism),
    Page("reviews:letters", _OFFICERS, mechanism, "post", success=422),
    Page("reviews:received-list", _OFFICERS, mechanism),
    Page("reviews:received-detail", _OFFICERS, received),
    Page("reviews:received-scan", _OFFICERS, received),
    Page("reviews:received-take-over", _OFFICERS, received),
    Page("reviews:received-take-over", _OFFICERS, received, "post", success=422),
    Page("reviews:received-set-aside", _OFFICERS, received),
    Page("reviews:received-set-aside", _OFFICERS, received, "post", success=422),
]
MISSIONS = [
    Page("reviews:mission-link", ANYBODY, success=404, anonymous=404),
    Page("reviews:mission-link", ANYBODY, method="post", success=404, anonymous=404),
    Page("reviews:mission-link-renew", ANYBODY, method="post", success=302, anonymous=302),
    Page("reviews:mission-link-follow", ANYBODY, damaged, success=302, anonymous=302),
]
TABLE = {"States on board": BOARD, "links of missions": MISSIONS}
