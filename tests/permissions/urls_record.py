"""Who gets what at the addresses of the record of acts."""

from tests.permissions.urls_base import INSIDE, Page, always, once, only, review

READERS = INSIDE - {"contributor"}
RECORD = [
    Page("reviews:record", always(only(READERS)), review),
    Page("reviews:record-download", always(only(READERS)), review),
    Page("reviews:record-verifier", once(only(READERS)), review),
]
TABLE = {"the record of acts": RECORD}
