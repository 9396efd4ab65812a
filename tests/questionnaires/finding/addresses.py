"""Who gets what where questions, answers and laws are looked through."""

from tests.permissions.urls_base import AUDITOR, INSIDE, OWN, SENT, Page, only, opened, review

TABLE = {
    "finding": [
        Page("questionnaires:response-search", opened(only(OWN)), review),
        Page("questionnaires:submission-search", {SENT: only(INSIDE - {"contributor"} - AUDITOR)}, review),
    ]
}
