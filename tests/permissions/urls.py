"""Who gets what at every address of the portal: the table that ``test_every_url`` walks.

For each page: how to build its address, and at which stages of a review who may open it, and who is refused with a
reason. Everybody else must not learn that it is there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.models import Job
from questionnaires.models import ResponseSubmission
from tests.utils import Cast

# The people, by what they are to the review. One of several in the same position stands for all of them.
WRITERS = frozenset({"focal_point", "expert"})
OWN = WRITERS | {"contributor", "observer"}
REVIEWERS = frozenset({"same_group_focal_point", "same_group_expert", "same_group_observer", "other_group_focal_point"})
OFFICERS = frozenset({"officer", "administrator"})
AUDITOR = frozenset({"auditor"})
INSIDE = OWN | REVIEWERS | OFFICERS | AUDITOR
OUTSIDE = frozenset({"bystander", "stranger"})
EVERYBODY = INSIDE | OUTSIDE
NOBODY: frozenset[str] = frozenset()

BEFORE, DRAFT, CLEARANCE, SENT = "consultations", "self_assessment", "in_clearance", "written_feedback"
STAGES = (BEFORE, DRAFT, CLEARANCE, SENT)

# The section that was sent to the contributor, and one that was not.
SENT_SECTION, SENT_QUESTION = ("firearms", "article-3"), "I.firearms.68"
OTHER_SECTION, OTHER_QUESTION = ("untoc", "article-15"), "I.untoc.23"


@dataclass(frozen=True)
class Scene:
    """What addresses and forms are made of. Before the answers are sent there is no submission."""

    cast: Cast
    submission: ResponseSubmission | None
    draft_job: Job | None
    submission_job: Job | None

    @property
    def review(self) -> list[str]:
        return ["untoc", self.cast.review.code]


@dataclass(frozen=True)
class Access:
    """``may``: the page opens; ``refused``: 403 with a reason; everybody else: 404."""

    may: frozenset[str] = NOBODY
    refused: frozenset[str] = NOBODY


@dataclass(frozen=True)
class Page:
    """``access`` by stage; a stage that is left out is not there for anybody. ``success``: the status of ``may``.

    ``anonymous``: the status for people who are not signed in, where they are not sent to sign in.
    """

    name: str
    access: Mapping[str, Access]
    args: Callable[[Scene], list[Any]] = lambda scene: []
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    success: int = 200
    anonymous: int | None = None
    note: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}{f' ({self.note})' if self.note else ''}"


def _review(scene: Scene) -> list[Any]:
    return scene.review


def _at(*args: Any) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*scene.review, *args]


def _participation(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*scene.review, scene.cast.participations[name].pk]


def _always(access: Access) -> dict[str, Access]:
    return dict.fromkeys(STAGES, access)


def _once(access: Access) -> dict[str, Access]:
    """A page that has nothing to do with the stage of the review; one stage is enough."""
    return {DRAFT: access}


def _opened(access: Access) -> dict[str, Access]:
    return dict.fromkeys((DRAFT, CLEARANCE, SENT), access)


def _only(may: frozenset[str], *, of: frozenset[str] = INSIDE) -> Access:
    """These may, the others of the review are told why not."""
    return Access(may, of - may)


ANYBODY = _once(Access(EVERYBODY))
PUBLIC = [
    Page("favicon", ANYBODY, success=302, anonymous=302),
    Page("healthz", ANYBODY, anonymous=200),
    Page("robots", ANYBODY, anonymous=200),
    Page("accounts:sign-in", ANYBODY, success=302, anonymous=200),
    Page("accounts:forgot-password", ANYBODY, anonymous=200),
    Page("accounts:set-password", ANYBODY, lambda scene: ["MQ", "no-such-token"], anonymous=200),
]
LEAVING = [Page("accounts:sign-out", ANYBODY, method="post", success=302)]
FOR_EVERYBODY = [
    Page("accounts:profile", ANYBODY),
    Page("accounts:own-password", ANYBODY),
    Page("portal:dashboard", ANYBODY),
    Page("reviews:review-home", ANYBODY, success=302),
    Page("reviews:review-list", ANYBODY, lambda scene: ["untoc"]),
    Page("reviews:state-list", ANYBODY),
    Page("reviews:state-detail", ANYBODY, lambda scene: ["XVE"]),
    Page("questionnaires:questionnaire-list", ANYBODY),
    Page("questionnaires:questionnaire-detail", ANYBODY, lambda scene: ["untoc-cluster-1"]),
]
API = [
    Page("api:schema", ANYBODY, anonymous=403),
    Page("api:questionnaire-detail", ANYBODY, lambda scene: ["untoc-cluster-1"], anonymous=403),
    Page("api:review-list", ANYBODY, lambda scene: ["untoc"], anonymous=403),
    Page("api:review-detail", _always(Access(INSIDE)), _review, anonymous=403),
]
REVIEWS = [
    Page("portal:review-detail", _always(Access(INSIDE)), _review),
    Page("reviews:review-open", _once(_only(OFFICERS, of=EVERYBODY)), lambda scene: ["untoc"]),
    Page("reviews:review-open", _once(_only(OFFICERS, of=EVERYBODY)), lambda scene: ["untoc"], "post", success=422),
    Page("reviews:participant-list", _always(Access(INSIDE)), _review),
    Page("reviews:participant-register", _always(_only(OFFICERS)), _review),
    Page("reviews:participant-register", _once(_only(OFFICERS)), _review, "post", success=422),
    Page("reviews:participant-end", _always(_only(OFFICERS)), _participation("expert")),
    Page("reviews:participant-end", _once(_only(OFFICERS)), _participation("expert"), "post", success=302),
    Page("reviews:review-remind", _always(_only(OFFICERS)), _review, "post", success=302),
]
_READERS_OF_DRAFT = _opened(_only(OWN))
_WHOLE_DRAFT = _opened(_only(OWN - {"contributor"}))
_WRITING_SENT_SECTION = {
    DRAFT: _only(WRITERS | {"contributor"}),
    CLEARANCE: _only(frozenset({"focal_point"})),
    SENT: _only(NOBODY),
}
_WITHOUT_CONTRIBUTOR = INSIDE - {"contributor"}
_WRITING_OTHER_SECTION = {
    DRAFT: _only(WRITERS, of=_WITHOUT_CONTRIBUTOR),
    CLEARANCE: _only(frozenset({"focal_point"}), of=_WITHOUT_CONTRIBUTOR),
    SENT: _only(NOBODY, of=_WITHOUT_CONTRIBUTOR),
}
_FOCAL_POINT = _only(frozenset({"focal_point"}))
_CLEARING = {DRAFT: _FOCAL_POINT, CLEARANCE: _FOCAL_POINT}
_CHOICE = {"choices": "Yes", "base": "0"}
DRAFTS = [
    Page(
        "questionnaires:response-open",
        {BEFORE: _only(OFFICERS), **_opened(_only(NOBODY))},
        _review,
        "post",
        success=302,
    ),
    Page("questionnaires:response-detail", _READERS_OF_DRAFT, _review),
    Page("questionnaires:response-missing", _READERS_OF_DRAFT, _review),
    Page("questionnaires:section-detail", _READERS_OF_DRAFT, _at(*SENT_SECTION), note="sent to the ministry"),
    # Asking for a section that was not sent to the ministry tells a contributor nothing.
    Page(
        "questionnaires:section-detail",
        _opened(_only(OWN - {"contributor"}, of=_WITHOUT_CONTRIBUTOR)),
        _at(*OTHER_SECTION),
        note="not sent",
    ),
    Page(
        "questionnaires:section-detail",
        _WRITING_SENT_SECTION,
        _at(*SENT_SECTION),
        "post",
        success=302,
        note="sent to the ministry",
    ),
    Page(
        "questionnaires:section-detail",
        _WRITING_OTHER_SECTION,
        _at(*OTHER_SECTION),
        "post",
        success=302,
        note="not sent",
    ),
    Page("questionnaires:answer-save", _WRITING_SENT_SECTION, _at(SENT_QUESTION), "post", _CHOICE, note="sent"),
    Page("questionnaires:answer-history", _READERS_OF_DRAFT, _at(SENT_QUESTION), note="sent"),
    Page(
        "questionnaires:response-submit",
        {DRAFT: _only(WRITERS), CLEARANCE: _only(NOBODY), SENT: _only(NOBODY)},
        _review,
    ),
    Page("questionnaires:response-submit", {DRAFT: _only(WRITERS)}, _review, "post", success=302),
    Page(
        "questionnaires:response-return",
        {DRAFT: _only(NOBODY), CLEARANCE: _FOCAL_POINT, SENT: _only(NOBODY)},
        _review,
    ),
    Page(
        "questionnaires:response-return", {CLEARANCE: _FOCAL_POINT}, _review, "post", {"reason": "Again."}, success=302
    ),
    Page("questionnaires:response-clear", {**_CLEARING, SENT: _only(NOBODY)}, _review),
    Page("questionnaires:response-clear", _CLEARING, _review, "post", success=302),
    Page("questionnaires:section-assign", {**_CLEARING, SENT: _only(NOBODY)}, _participation("contributor")),
    Page("questionnaires:section-assign", _CLEARING, _participation("contributor"), "post", success=302),
    Page("questionnaires:response-pdf", _WHOLE_DRAFT, _review, "post", success=302),
    Page("questionnaires:job-detail", _WHOLE_DRAFT, lambda scene: [scene.draft_job.pk], note="draft"),
    Page("questionnaires:job-download", _WHOLE_DRAFT, lambda scene: [scene.draft_job.pk], note="draft"),
]
_READERS_OF_SUBMISSION = {SENT: _only(INSIDE - {"contributor"} - AUDITOR)}
SUBMISSIONS = [
    Page("questionnaires:submission-detail", _READERS_OF_SUBMISSION, _review),
    Page("questionnaires:submission-part", _READERS_OF_SUBMISSION, _at("untoc")),
    Page("questionnaires:submission-pdf", _READERS_OF_SUBMISSION, _review, "post", success=302),
    Page("questionnaires:job-detail", _READERS_OF_SUBMISSION, lambda scene: [scene.submission_job.pk], note="sent"),
    Page("questionnaires:job-download", _READERS_OF_SUBMISSION, lambda scene: [scene.submission_job.pk], note="sent"),
]
TABLE = {
    "public": PUBLIC,
    "leaving": LEAVING,
    "for everybody": FOR_EVERYBODY,
    "api": API,
    "reviews": REVIEWS,
    "drafts": DRAFTS,
    "submissions": SUBMISSIONS,
}
PAGES = [page for pages in TABLE.values() for page in pages]
