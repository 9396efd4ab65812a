"""Who gets what at the addresses of calendars, and of the public page of steps reached."""

from typing import Any

from tests.permissions.urls_base import ANYBODY, EVERYBODY, INSIDE, Access, Page, Scene, always, once, only, review
from tests.permissions.urls_nominations import INVOLVED, SPEAKERS, state

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
TABLE = {"calendars": CALENDARS, "the public page of steps reached": STATUS}
