"""Who gets what at the addresses of the step plan."""

from tests.permissions.urls_base import AUDITOR, EVERYBODY, OFFICERS, Page, once, only

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
TABLE = {"step plan": PLANS}
