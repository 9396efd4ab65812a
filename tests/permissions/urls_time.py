"""Who gets what at the addresses of dates, of extensions and pauses, and of the step plan."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import (
    AUDITOR,
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
_READ, _WRITE = once(only(OFFICERS | AUDITOR, of=EVERYBODY)), once(only(OFFICERS, of=EVERYBODY))
_FIRST, _DRAFT = (lambda scene: ["untoc", 1]), (lambda scene: ["untoc", 2])
_ROW = lambda scene: ["untoc", 2, "answers_sent"]  # noqa: E731
PLANS = [
    Page("reviews:plan-list", _READ, lambda scene: ["untoc"]),
    Page("reviews:plan-detail", _READ, _FIRST),
    Page("reviews:plan-detail", _READ, _DRAFT, note="draft"),
    Page("reviews:plan-copy", _WRITE, _FIRST, "post", success=302),
    Page("reviews:plan-change", _WRITE, _DRAFT),
    Page("reviews:plan-change", _WRITE, _DRAFT, "post", success=422),
    Page("reviews:plan-row", _WRITE, _ROW),
    Page("reviews:plan-row", _WRITE, _ROW, "post", success=422),
    Page("reviews:plan-discard", _WRITE, _DRAFT),
    Page("reviews:plan-discard", _WRITE, _DRAFT, "post", success=302),
    Page("reviews:plan-publish", _WRITE, _DRAFT),
    Page("reviews:plan-publish", _WRITE, _DRAFT, "post", success=302),
    Page("reviews:plan-move", _WRITE, _FIRST),
    Page("reviews:plan-move", _WRITE, _FIRST, "post", success=302),
]
# Nobody of the walk has a staff session (what an administrator does in one: tests/reviews/periods).
_SECRETARIAT, _IN_SESSION = once(Access(OFFICERS | AUDITOR)), once(only(NOBODY, of=OFFICERS | AUDITOR))
PROGRAMME = [
    Page("reviews:programme", _SECRETARIAT, lambda scene: ["untoc"]),
    Page("reviews:programme-change", _IN_SESSION, lambda scene: ["untoc"]),
    Page("reviews:programme-change", _IN_SESSION, lambda scene: ["untoc"], "post"),
]
TABLE = {"dates": DATES, "step plan": PLANS, "programme": PROGRAMME}
