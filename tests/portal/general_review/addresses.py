"""Who gets what at the addresses of the general review: the secretariat, until it is in a report."""

from tests.permissions.urls_base import AUDITOR, OFFICERS, Access, Page, once

_SECRETARIAT = OFFICERS | AUDITOR
GENERAL_REVIEW = [
    Page("portal:general-review", once(Access(_SECRETARIAT)), lambda scene: ["untoc"]),
    # With fewer than five agreed lists there is nothing to take along.
    Page("portal:general-review-file", once(Access()), lambda scene: ["untoc", "docx", "en"]),
    Page("portal:general-review-file", once(Access()), lambda scene: ["untoc", "pdf", "en"], "post"),
    Page("portal:general-review-file", once(Access(_SECRETARIAT)), lambda scene: ["untoc", "csv", "en"], note="needs"),
]
TABLE = {"general review": GENERAL_REVIEW}
