"""Who gets what at the addresses of the programme."""

from tests.permissions.urls_base import AUDITOR, NOBODY, OFFICERS, Access, Page, once, only

# Nobody of the walk has a staff session (what an administrator does in one: tests/reviews/periods).
_SECRETARIAT, _IN_SESSION = once(Access(OFFICERS | AUDITOR)), once(only(NOBODY, of=OFFICERS | AUDITOR))
PROGRAMME = [
    Page("reviews:programme", _SECRETARIAT, lambda scene: ["untoc"]),
    Page("reviews:programme-change", _IN_SESSION, lambda scene: ["untoc"]),
    Page("reviews:programme-change", _IN_SESSION, lambda scene: ["untoc"], "post"),
]
TABLE = {"programme": PROGRAMME}
