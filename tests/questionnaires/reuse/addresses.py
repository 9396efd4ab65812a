"""Who gets what at the addresses of answers from before, and of linked questions."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import (
    CLEARANCE,
    DRAFT,
    NOBODY,
    SENT,
    SENT_QUESTION,
    WRITERS,
    Page,
    Scene,
    at,
    only,
    review,
)

_WRITING = {DRAFT: only(WRITERS), CLEARANCE: only(frozenset({"focal_point"})), SENT: only(NOBODY)}


def _taking(name: str, args: Callable[[Scene], list[Any]]) -> Page:
    """Whoever may is told that a form is no JSON."""
    return Page(name, _WRITING, args, "post", success=415, anonymous=401)


REUSE = [
    Page("api:earlier-answers", _WRITING, review, anonymous=401),
    _taking("api:earlier-answers", review),
    _taking("api:earlier-set-aside", review),
    Page("api:linked-answers", _WRITING, at(SENT_QUESTION), anonymous=401),
    _taking("api:linked-answers", at(SENT_QUESTION)),
    Page("questionnaires:earlier-answers", _WRITING, review),
    Page("questionnaires:earlier-answers", _WRITING, review, "post", success=422, note="nothing is chosen"),
    Page("questionnaires:earlier-take", _WRITING, review, success=302),
    Page("questionnaires:earlier-take", _WRITING, review, "post", success=422, note="nothing is chosen"),
    Page("questionnaires:earlier-set-aside", _WRITING, review, success=302),
    Page("questionnaires:earlier-set-aside", _WRITING, review, "post", success=302),
    Page("questionnaires:linked-answers", _WRITING, at(SENT_QUESTION)),
    Page("questionnaires:linked-answers", {}, at("I.untoc.999"), note="of no question"),
    Page("questionnaires:linked-answers", _WRITING, at(SENT_QUESTION), "post", success=422, note="nothing is chosen"),
]
TABLE = {"answers taken over": REUSE}
