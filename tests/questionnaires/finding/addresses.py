"""Who gets what where questions, answers and laws are looked through."""

from tests.permissions.urls_base import ANYBODY, AUDITOR, INSIDE, OWN, SENT, Page, only, opened, review

_SENT = {SENT: only(INSIDE - {"contributor"} - AUDITOR)}
TABLE = {
    "finding": [
        Page("questionnaires:response-search", opened(only(OWN)), review),
        Page("questionnaires:submission-search", _SENT, review),
        Page("api:self-assessment-search", opened(only(OWN)), review, anonymous=401),
        Page("api:submission-search", _SENT, review, anonymous=401),
        Page("api:questionnaire-search", ANYBODY, anonymous=401),
    ]
}
