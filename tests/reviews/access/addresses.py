"""Who gets what at the addresses of requests for access. They are of the State under review."""

from collections.abc import Callable
from typing import Any

from tests.accounts.lifecycle.addresses import damaged
from tests.permissions.urls_base import (
    ANYBODY,
    AUDITOR,
    CLOSED,
    DRAFT,
    NOBODY,
    OFFICERS,
    OWN,
    WRITERS,
    Access,
    Page,
    Scene,
    at,
    once,
    only,
    participation,
)

_UNTOLD = OFFICERS | AUDITOR
_TOLD = OWN | OFFICERS | AUDITOR
_OFFICERS = once(only(OFFICERS, of=_UNTOLD))
_READERS = once(only(OWN | OFFICERS, of=_TOLD))
_ANSWERING = once(only(WRITERS, of=_TOLD))
_OTHER_OFFICER = once(only(frozenset({"administrator"}), of=_UNTOLD))
_PREPARER = once(only(frozenset({"officer"}), of=_UNTOLD))
_NOBODY_UNTOLD, _NOBODY_TOLD = (once(only(NOBODY, of=of)) for of in (_UNTOLD, _TOLD))
_REASON = {"reason": "Not so."}


def access(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [getattr(scene.requests, name).pk]


READING = [
    Page("reviews:access-list", once(Access(OFFICERS, AUDITOR))),
    Page("reviews:access-detail", _OFFICERS, access("prepared"), note="prepared"),
    Page("reviews:access-detail", _OFFICERS, access("returned"), note="returned"),
    Page("reviews:access-detail", _OFFICERS, access("of_member"), note="a member of the secretariat"),
    Page("reviews:access-detail", _READERS, access("told"), note="told"),
    Page("reviews:access-detail", _READERS, access("of_note"), note="a note verbale"),
    Page("reviews:access-scan", _OFFICERS, access("prepared"), note="prepared"),
    Page("reviews:access-scan", once(only(WRITERS | OFFICERS, of=_TOLD)), access("told"), note="told"),
    Page("reviews:access-scan", once(only(WRITERS | OFFICERS, of=_TOLD)), access("of_note"), note="a note verbale"),
]
OFFICERS_ACTS = [
    Page("reviews:access-approve", _OFFICERS, access("prepared")),
    Page("reviews:access-approve", _OFFICERS, access("prepared"), "post", success=422),
    Page("reviews:access-approve", _OFFICERS, access("of_member"), note="a member of the secretariat"),
    Page("reviews:access-approve", _OTHER_OFFICER, access("of_officer"), note="prepared by the officer"),
    Page("reviews:access-approve", _NOBODY_TOLD, access("told"), note="told"),
    Page("reviews:access-return", _OFFICERS, access("prepared")),
    Page("reviews:access-return", _OFFICERS, access("prepared"), "post", _REASON, success=302),
    Page("reviews:access-alone", _NOBODY_UNTOLD, access("of_officer")),
    Page("reviews:access-alone", _NOBODY_UNTOLD, access("of_officer"), "post", _REASON),
    Page("reviews:access-withdraw", _PREPARER, access("of_officer")),
    Page("reviews:access-withdraw", _PREPARER, access("of_officer"), "post", success=302),
]
ANSWERS = [
    Page("reviews:access-confirm", _NOBODY_UNTOLD, access("prepared"), note="prepared"),
    Page("reviews:access-confirm", _ANSWERING, access("told")),
    Page("reviews:access-confirm", _ANSWERING, access("told"), "post", success=302),
    Page("reviews:access-confirm", _ANSWERING, access("of_note"), note="a note verbale"),
    Page("reviews:access-confirm", _ANSWERING, access("of_note"), "post", success=302, note="a note verbale"),
    Page("reviews:access-refuse", _ANSWERING, access("told")),
    Page("reviews:access-refuse", _ANSWERING, access("told"), "post", success=422),
    Page("reviews:access-refuse", _ANSWERING, access("of_note"), "post", _REASON, success=302, note="a note verbale"),
    Page("reviews:access-stop", ANYBODY, success=404, anonymous=404),
    Page("reviews:access-stop-link", ANYBODY, damaged, success=404, anonymous=404),
]
_FOCAL_POINT = {DRAFT: only(frozenset({"focal_point"})), CLOSED: only(NOBODY)}
CONTRIBUTORS = [
    Page("reviews:contributor-invite", _FOCAL_POINT, at()),
    Page("reviews:contributor-invite", {DRAFT: _FOCAL_POINT[DRAFT]}, at(), "post", success=422),
    Page("reviews:contributor-end", _FOCAL_POINT, participation("contributor")),
    Page("reviews:contributor-end", {DRAFT: _FOCAL_POINT[DRAFT]}, participation("contributor"), "post", success=302),
]
TABLE = {
    "requests for access": READING,
    "requests for access, officers": OFFICERS_ACTS,
    "requests for access, answers": ANSWERS,
    "contributors": CONTRIBUTORS,
}
