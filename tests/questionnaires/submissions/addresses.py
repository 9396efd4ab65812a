"""Who gets what at the addresses of what was sent."""

from tests.permissions.urls_base import AUDITOR, CLEARANCE, DRAFT, INSIDE, OWN, SENT, Access, Page, at, only, review

# Those who read the whole draft, once there is a version; the others are refused before, too.
_SENT_VERSION = {
    DRAFT: Access(refused=INSIDE - (OWN - {"contributor"})),
    CLEARANCE: Access(refused=INSIDE - (OWN - {"contributor"})),
    SENT: only(OWN - {"contributor"}),
}
_READERS_OF_SUBMISSION = {SENT: only(INSIDE - {"contributor"} - AUDITOR)}
_OF_WHO_ASKED = {SENT: Access(frozenset({"expert"}))}
SUBMISSIONS = [
    Page("questionnaires:sent-version", _SENT_VERSION, at(1)),
    Page("questionnaires:submission-detail", _READERS_OF_SUBMISSION, review),
    Page("questionnaires:submission-part", _READERS_OF_SUBMISSION, at("untoc")),
    Page("questionnaires:submission-changes", _READERS_OF_SUBMISSION, review),
    Page("questionnaires:submission-version", _READERS_OF_SUBMISSION, at(1)),
    Page("questionnaires:submission-document", _READERS_OF_SUBMISSION, at("html"), "post", success=302),
    Page("api:sent-version", _SENT_VERSION, at(1), anonymous=401),
    Page("api:submission", _READERS_OF_SUBMISSION, review, anonymous=401),
    Page("api:submission-changes", _READERS_OF_SUBMISSION, at(1, 1), anonymous=401),
    Page("api:submission-version", _READERS_OF_SUBMISSION, at(1), anonymous=401),
    Page("core:job-detail", _OF_WHO_ASKED, lambda scene: [scene.submission_job.pk], note="sent"),
    Page("core:job-download", _OF_WHO_ASKED, lambda scene: [scene.submission_job.pk], note="sent"),
]
TABLE = {"submissions": SUBMISSIONS}
