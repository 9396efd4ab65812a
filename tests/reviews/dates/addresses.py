"""Who gets what at the addresses of dates, of calendars, and of the public page of steps reached."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import (
    ANYBODY,
    CLOSED,
    DRAFT,
    EVERYBODY,
    INSIDE,
    NOBODY,
    OFFICERS,
    Access,
    Page,
    Scene,
    always,
    at,
    once,
    only,
    review,
)
from tests.reviews.nominations.addresses import INVOLVED, SPEAKERS, state

_ITS_PERSON = once(Access(frozenset({"focal_point"})))
_NOT_THERE = once(Access())
_STATE_DECIDES = once(only(SPEAKERS, of=INVOLVED))


def feed(scene: Scene) -> list[Any]:
    return [scene.feeds.made.feed.pk]


def secret(scene: Scene) -> list[Any]:
    return [scene.feeds.made.secret]


CALENDARS = [
    Page("reviews:calendar-feed-list", ANYBODY),
    Page("reviews:calendar-feed-make", ANYBODY, method="post"),
    Page("reviews:calendar-feed-renew", _ITS_PERSON, feed, "post"),
    Page("reviews:calendar-feed-end", _ITS_PERSON, feed, "post", success=302),
    Page("reviews:review-calendar", always(Access(INSIDE)), review),
    Page("reviews:review-calendar", once(Access(INSIDE)), review, "post"),
    Page("calendar-feed", ANYBODY, secret, anonymous=200),
    Page("calendar-feed", ANYBODY, lambda scene: ["no-such-secret"], success=404, anonymous=404, note="wrong"),
]
STATUS = [
    Page("reviews:status", once(Access(EVERYBODY)), lambda scene: ["untoc"], anonymous=200),
    Page("reviews:status-json", once(Access(EVERYBODY)), lambda scene: ["untoc"], anonymous=200),
    Page("reviews:status", _NOT_THERE, lambda scene: ["nowhere"], anonymous=404, note="no such mechanism"),
    Page("reviews:status-agree", _STATE_DECIDES, state()),
    Page("reviews:status-agree", _STATE_DECIDES, state(), "post", success=302),
    Page("reviews:status-end", _STATE_DECIDES, state()),
    Page("reviews:status-end", _STATE_DECIDES, state(), "post", success=302),
]
FOCAL_POINTS = frozenset({"focal_point", "same_group_focal_point", "other_group_focal_point"})
_ASKERS = {DRAFT: only(FOCAL_POINTS | OFFICERS), CLOSED: only(NOBODY)}
_ASKED = once(only(FOCAL_POINTS | OFFICERS))
_PAUSE = {"starts_on": "2022-02-01", "until": "2022-02-10", "reason": "Elections."}
_LATER = {"until": "2030-01-01", "reason": "A new law."}


def change(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*scene.review, getattr(scene.pieces, name).pk]


DATES = [
    Page("reviews:dates", always(Access(INSIDE)), review),
    Page("reviews:pause-ask", _ASKERS, review),
    Page("reviews:pause-ask", _ASKED, review, "post", success=422),
    Page("reviews:pause-ask", _ASKED, review, "post", _PAUSE, success=302),
    Page("reviews:extension-ask", _ASKERS, at("list_agreed")),
    Page("reviews:extension-ask", _ASKED, at("list_agreed"), "post", success=422),
    Page("reviews:extension-ask", _ASKED, at("list_agreed"), "post", _LATER, success=302),
    Page("reviews:time-answer", once(only(FOCAL_POINTS - {"focal_point"})), change("extension_asked")),
    Page(
        "reviews:time-answer",
        once(only(FOCAL_POINTS - {"focal_point"})),
        change("extension_asked"),
        "post",
        {"agrees": "yes"},
        success=302,
    ),
    Page("reviews:time-record", once(only(OFFICERS)), change("extension_asked")),
    Page(
        "reviews:time-record",
        once(only(OFFICERS)),
        change("extension_asked"),
        "post",
        {"how": "By notes verbales."},
        success=302,
    ),
    Page(
        "reviews:time-withdraw",
        once(only(frozenset({"focal_point"}))),
        change("extension_asked"),
        "post",
        success=302,
    ),
    Page("reviews:pause-end", once(only(OFFICERS)), change("pause_agreed")),
    Page("reviews:pause-end", once(only(OFFICERS)), change("pause_agreed"), "post", success=302),
]
TABLE = {"calendars": CALENDARS, "the public page of steps reached": STATUS, "dates": DATES}
