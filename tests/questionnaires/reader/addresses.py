"""Who gets what where the whole of a self-assessment is read."""

from tests.permissions.urls_base import AUDITOR, INSIDE, OWN, SENT, Page, only, opened, review

TABLE = {
    "reader": [
        Page("questionnaires:response-read", opened(only(OWN)), review),
        Page("questionnaires:submission-read", {SENT: only(INSIDE - {"contributor"} - AUDITOR)}, review),
    ]
}
