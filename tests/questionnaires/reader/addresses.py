"""Who gets what where the whole of a self-assessment is read."""

from tests.permissions.urls_base import AUDITOR, INSIDE, OWN, SENT, Page, only, opened, review

_SENT = {SENT: only(INSIDE - {"contributor"} - AUDITOR)}
TABLE = {
    "reader": [
        Page("questionnaires:response-read", opened(only(OWN)), review),
        Page("questionnaires:submission-read", _SENT, review),
        Page("api:self-assessment-whole", opened(only(OWN)), review, anonymous=401),
        Page("api:submission-whole", _SENT, review, anonymous=401),
    ]
}
