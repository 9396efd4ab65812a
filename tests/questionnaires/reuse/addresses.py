"""Who gets what at the addresses of answers from before, and of linked questions."""

from tests.permissions.urls_base import CLEARANCE, DRAFT, NOBODY, SENT, SENT_QUESTION, WRITERS, Page, at, only, review

_WRITING = {DRAFT: only(WRITERS), CLEARANCE: only(frozenset({"focal_point"})), SENT: only(NOBODY)}
REUSE = [
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
