"""Who gets what at every address of the portal: the table that ``test_every_url`` walks.

For each page: how to build its address, and at which stages of a review who may open it, and who is refused with a
reason. Everybody else must not learn that it is there.
"""

from uuid import UUID

from tests.permissions import (
    urls_access,
    urls_adherence,
    urls_bringing,
    urls_calendar,
    urls_cockpit,
    urls_editing,
    urls_exchange,
    urls_handover,
    urls_lots,
    urls_meetings,
    urls_nominations,
    urls_outreach,
    urls_people,
    urls_practice,
    urls_reading,
    urls_record,
    urls_reminders,
    urls_setup,
    urls_signin,
    urls_time,
)
from tests.permissions.urls_base import (
    ANYBODY,
    AUDITOR,
    BEFORE,
    CLEARANCE,
    CLOSED,
    DRAFT,
    EVERYBODY,
    INSIDE,
    NOBODY,
    OFFICERS,
    OTHER_SECTION,
    OWN,
    REWRITTEN,
    SENT,
    SENT_QUESTION,
    SENT_SECTION,
    WRITERS,
    Access,
    Page,
    always,
    at,
    once,
    only,
    opened,
    participation,
    review,
)

PUBLIC = [
    Page("favicon", ANYBODY, success=302, anonymous=302),
    Page("healthz", ANYBODY, anonymous=200),
    Page("readyz", ANYBODY, success=503, anonymous=503),  # no clock turns beside these tests
    Page("robots", ANYBODY, anonymous=200),
    Page("institution-style", ANYBODY, anonymous=200),
    Page("institution-logo", {}),  # which nobody has set
    Page("accounts:sign-in", ANYBODY, success=302, anonymous=200),
    Page("accounts:forgot-password", ANYBODY, anonymous=200),
]
LEAVING = [Page("accounts:sign-out", ANYBODY, method="post", success=302)]
FOR_EVERYBODY = [
    Page("accounts:profile", ANYBODY),
    Page("accounts:own-password", ANYBODY),
    Page("portal:dashboard", ANYBODY),
    Page("portal:search", ANYBODY),
    Page("reviews:review-home", ANYBODY, success=302),
    Page("reviews:review-list", ANYBODY, lambda scene: ["untoc"]),
    Page("reviews:state-list", ANYBODY, anonymous=200),
    Page("reviews:state-detail", ANYBODY, lambda scene: ["XVE"]),
    Page("questionnaires:questionnaire-list", ANYBODY, anonymous=200),
    Page("questionnaires:questionnaire-detail", ANYBODY, lambda scene: ["untoc-cluster-1"], anonymous=200),
]
API = [
    Page("api:schema", ANYBODY, anonymous=403),
    Page("api:questionnaire-detail", ANYBODY, lambda scene: ["untoc-cluster-1"], anonymous=403),
    Page("api:review-list", ANYBODY, lambda scene: ["untoc"], anonymous=403),
    Page("api:nothing", always(Access()), anonymous=404),
    Page("no-api", always(Access()), anonymous=404),
    Page("api:review-detail", always(Access(INSIDE)), review, anonymous=403),
]
REVIEWS = [
    Page("portal:review-detail", always(Access(INSIDE)), review),
    Page("reviews:review-open", once(only(OFFICERS, of=EVERYBODY)), lambda scene: ["untoc"]),
    Page("reviews:review-open", once(only(OFFICERS, of=EVERYBODY)), lambda scene: ["untoc"], "post", success=422),
    Page("reviews:participant-list", always(Access(INSIDE)), review),
    Page("reviews:participant-end", always(only(OFFICERS)), participation("expert")),
    Page("reviews:participant-end", once(only(OFFICERS)), participation("expert"), "post", success=422),
    Page("reviews:review-remind", {**always(only(OFFICERS)), CLOSED: only(NOBODY)}, review, "post", success=302),
]
_READERS_OF_DRAFT = opened(only(OWN))
_WHOLE_DRAFT = opened(only(OWN - {"contributor"}))
_WRITING_SENT_SECTION = {
    DRAFT: only(WRITERS | {"contributor"}),
    CLEARANCE: only(frozenset({"focal_point"})),
    SENT: only(NOBODY),
}
_WITHOUT_CONTRIBUTOR = INSIDE - {"contributor"}
_WRITING_OTHER_SECTION = {
    DRAFT: only(WRITERS, of=_WITHOUT_CONTRIBUTOR),
    CLEARANCE: only(frozenset({"focal_point"}), of=_WITHOUT_CONTRIBUTOR),
    SENT: only(NOBODY, of=_WITHOUT_CONTRIBUTOR),
}
_FOCAL_POINT = only(frozenset({"focal_point"}))
_CLEARING = {DRAFT: _FOCAL_POINT, CLEARANCE: _FOCAL_POINT}
_CHOICE = {"choices": "Yes", "base": "0"}
DRAFTS = [
    Page(
        "questionnaires:response-open",
        {BEFORE: only(OFFICERS), **opened(only(NOBODY))},
        review,
        "post",
        success=302,
    ),
    Page("questionnaires:response-detail", _READERS_OF_DRAFT, review),
    Page("questionnaires:response-missing", _READERS_OF_DRAFT, review),
    Page("questionnaires:section-detail", _READERS_OF_DRAFT, at(*SENT_SECTION), note="sent to the ministry"),
    # Asking for a section that was not sent to the ministry tells a contributor nothing.
    Page(
        "questionnaires:section-detail",
        opened(only(OWN - {"contributor"}, of=_WITHOUT_CONTRIBUTOR)),
        at(*OTHER_SECTION),
        note="not sent",
    ),
    Page(
        "questionnaires:section-detail",
        _WRITING_SENT_SECTION,
        at(*SENT_SECTION),
        "post",
        success=302,
        note="sent to the ministry",
    ),
    Page(
        "questionnaires:section-detail",
        _WRITING_OTHER_SECTION,
        at(*OTHER_SECTION),
        "post",
        success=302,
        note="not sent",
    ),
    Page("questionnaires:answer-save", _WRITING_SENT_SECTION, at(SENT_QUESTION), "post", _CHOICE, note="sent"),
    *(
        Page(
            "questionnaires:section-detail",
            opened(only(OWN - {"contributor"}, of=_WITHOUT_CONTRIBUTOR)),
            at("untoc", slug),
            note=f"not sent, {slug}",
        )
        for slug in ("article-2", "article-5")
    ),
    Page("questionnaires:answer-history", opened(only(OWN - {"contributor"})), at(REWRITTEN), note="rewritten"),
    Page("questionnaires:answer-history", _READERS_OF_DRAFT, at(SENT_QUESTION), note="sent"),
    Page("questionnaires:answer-history", _READERS_OF_DRAFT, at("I.firearms.69.a.i.d1"), note="sent, answered"),
    Page(
        "questionnaires:response-submit",
        {DRAFT: only(WRITERS), CLEARANCE: only(NOBODY), SENT: only(NOBODY)},
        review,
    ),
    Page("questionnaires:response-submit", {DRAFT: only(WRITERS)}, review, "post", success=302),
    Page(
        "questionnaires:response-return",
        {DRAFT: only(NOBODY), CLEARANCE: _FOCAL_POINT, SENT: only(NOBODY)},
        review,
    ),
    Page(
        "questionnaires:response-return", {CLEARANCE: _FOCAL_POINT}, review, "post", {"reason": "Again."}, success=302
    ),
    Page("questionnaires:response-clear", {**_CLEARING, SENT: only(NOBODY)}, review),
    Page("questionnaires:response-clear", _CLEARING, review, "post", success=302),
    Page("questionnaires:response-move", {**_CLEARING, SENT: only(NOBODY)}, review),
    Page("questionnaires:response-move", _CLEARING, review, "post", success=422, note="the newest version"),
    Page("questionnaires:response-kept", _WHOLE_DRAFT, review),
    Page("questionnaires:response-kept-settle", _CLEARING, at(UUID(int=0)), "post", success=302, note="gone"),
    Page("questionnaires:section-assign", {**_CLEARING, SENT: only(NOBODY)}, participation("contributor")),
    Page("questionnaires:section-assign", _CLEARING, participation("contributor"), "post", success=302),
    Page("questionnaires:response-pdf", _WHOLE_DRAFT, review, "post", success=302),
    Page("core:job-detail", _WHOLE_DRAFT, lambda scene: [scene.draft_job.pk], note="draft"),
    Page("core:job-download", _WHOLE_DRAFT, lambda scene: [scene.draft_job.pk], note="draft"),
]
_READERS_OF_SUBMISSION = {SENT: only(INSIDE - {"contributor"} - AUDITOR)}
SUBMISSIONS = [
    Page("questionnaires:submission-detail", _READERS_OF_SUBMISSION, review),
    Page("questionnaires:submission-part", _READERS_OF_SUBMISSION, at("untoc")),
    Page("questionnaires:submission-pdf", _READERS_OF_SUBMISSION, review, "post", success=302),
    Page("core:job-detail", _READERS_OF_SUBMISSION, lambda scene: [scene.submission_job.pk], note="sent"),
    Page("core:job-download", _READERS_OF_SUBMISSION, lambda scene: [scene.submission_job.pk], note="sent"),
]
TABLE = {
    "public": PUBLIC,
    "leaving": LEAVING,
    "for everybody": FOR_EVERYBODY,
    "api": API,
    "reviews": REVIEWS,
    "drafts": DRAFTS,
    "submissions": SUBMISSIONS,
    **urls_access.TABLE,
    **urls_adherence.TABLE,
    **urls_calendar.TABLE,
    **urls_cockpit.TABLE,
    **urls_editing.TABLE,
    **urls_exchange.TABLE,
    **urls_handover.TABLE,
    **urls_lots.TABLE,
    **urls_meetings.TABLE,
    **urls_people.TABLE,
    **urls_practice.TABLE,
    **urls_reading.TABLE,
    **urls_record.TABLE,
    **urls_reminders.TABLE,
    **urls_nominations.TABLE,
    **urls_outreach.TABLE,
    **urls_bringing.TABLE,
    **urls_setup.TABLE,
    **urls_signin.TABLE,
    **urls_time.TABLE,
}
PAGES = [page for pages in TABLE.values() for page in pages]
