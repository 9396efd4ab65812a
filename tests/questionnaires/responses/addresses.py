"""Who gets what at the addresses of a response and of its parts."""

from uuid import UUID

from tests.permissions.urls_base import (
    BEFORE,
    CLEARANCE,
    DRAFT,
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
    at,
    only,
    opened,
    participation,
    review,
)

READERS_OF_DRAFT = opened(only(OWN))
_WHOLE_DRAFT = opened(only(OWN - {"contributor"}))
_OF_WHO_ASKED = opened(Access(frozenset({"expert"})))
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
    Page("questionnaires:response-open", {BEFORE: only(OFFICERS), **opened(only(NOBODY))}, review),
    Page(
        "questionnaires:response-open",
        {BEFORE: only(OFFICERS), **opened(only(NOBODY))},
        review,
        "post",
        success=302,
    ),
    Page("questionnaires:response-detail", READERS_OF_DRAFT, review),
    Page("api:self-assessment", READERS_OF_DRAFT, review, anonymous=401),
    Page("api:section-answers", READERS_OF_DRAFT, at(*SENT_SECTION), anonymous=401, note="sent to the ministry"),
    Page(
        "api:section-answers",
        opened(only(OWN - {"contributor"}, of=_WITHOUT_CONTRIBUTOR)),
        at(*OTHER_SECTION),
        anonymous=401,
        note="not sent",
    ),
    Page("api:answer", READERS_OF_DRAFT, at("I.firearms.69.a.i.d1"), anonymous=401, note="sent, answered"),
    Page("api:answer", opened(only(OWN - {"contributor"})), at(REWRITTEN), anonymous=401, note="not sent"),
    Page("api:answer-history", READERS_OF_DRAFT, at("I.firearms.69.a.i.d1"), anonymous=401, note="sent, answered"),
    Page("api:answer-history", _WHOLE_DRAFT, at(REWRITTEN), anonymous=401, note="rewritten"),
    Page("api:kept-answers", _WHOLE_DRAFT, review, anonymous=401),
    Page("api:checks", READERS_OF_DRAFT, review, anonymous=401),
    Page("api:self-assessment-preview", _WHOLE_DRAFT, review, anonymous=401),
    Page("api:clearance", {**_CLEARING, SENT: only(NOBODY)}, review, anonymous=401),
    Page("questionnaires:response-missing", READERS_OF_DRAFT, review),
    Page("questionnaires:response-checks", READERS_OF_DRAFT, review),
    Page("questionnaires:section-detail", READERS_OF_DRAFT, at(*SENT_SECTION), note="sent to the ministry"),
    Page("questionnaires:section-outside", {}, at(*SENT_SECTION), note="of a State, which is no organization"),
    Page("questionnaires:section-outside", {}, at(*SENT_SECTION), "post", note="of a State, which is no organization"),
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
    Page("questionnaires:answer-history", READERS_OF_DRAFT, at(SENT_QUESTION), note="sent"),
    Page("questionnaires:answer-history", READERS_OF_DRAFT, at("I.firearms.69.a.i.d1"), note="sent, answered"),
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
    # What was sent beside the answers has made a version that is not recalled; see test_recall for one that is.
    Page("questionnaires:response-recall", opened(only(NOBODY)), review),
    Page(
        "questionnaires:response-recall",
        {SENT: only(NOBODY)},
        review,
        "post",
        {"reason": "An annex is missing."},
    ),
    Page("questionnaires:response-revise", {DRAFT: only(NOBODY), CLEARANCE: only(NOBODY), SENT: _FOCAL_POINT}, review),
    Page(
        "questionnaires:response-revise",
        {SENT: _FOCAL_POINT},
        review,
        "post",
        {"reason": "A law has come into force."},
        success=302,
    ),
    # At none of these stages is a new version being prepared.
    Page("questionnaires:response-give-up", opened(only(NOBODY)), review),
    Page("questionnaires:response-move", {**_CLEARING, SENT: only(NOBODY)}, review),
    Page("questionnaires:response-move", _CLEARING, review, "post", success=422, note="the newest version"),
    Page("questionnaires:response-kept", _WHOLE_DRAFT, review),
    Page("questionnaires:response-kept-settle", _CLEARING, at(UUID(int=0)), "post", success=302, note="gone"),
    Page("questionnaires:second-reader", {**_CLEARING, SENT: only(NOBODY)}, review, "post", success=302),
    # At none of these stages has the focal point asked for a second reader.
    Page("questionnaires:second-reading", opened(only(NOBODY)), review),
    Page("questionnaires:response-preview", _WHOLE_DRAFT, review),
    Page("questionnaires:section-assign", {**_CLEARING, SENT: only(NOBODY)}, participation("contributor")),
    Page("questionnaires:section-assign", _CLEARING, participation("contributor"), "post", success=302),
    *(
        Page("questionnaires:response-document", _WHOLE_DRAFT, at(ending), "post", success=302, note=ending)
        for ending in ("pdf", "docx")
    ),
    Page("core:job-detail", _OF_WHO_ASKED, lambda scene: [scene.draft_job.pk], note="draft"),
    Page("core:job-download", _OF_WHO_ASKED, lambda scene: [scene.draft_job.pk], note="draft"),
]
TABLE = {"drafts": DRAFTS}
