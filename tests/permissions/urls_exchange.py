"""Who gets what at the addresses of the exchange between the States, of the agreed texts and of what is public."""

from collections.abc import Callable
from typing import Any

from tests.permissions.pieces import QUESTION
from tests.permissions.urls_base import (
    ANYBODY,
    AUDITOR,
    BEFORE,
    CLOSED,
    DIALOGUE,
    EVERYBODY,
    INSIDE,
    NOBODY,
    OBSERVATIONS,
    OFFICERS,
    SENT,
    SUMMARY,
    WRITERS,
    Access,
    Page,
    Scene,
    at,
    only,
    review,
)

# Those who read what lies on the shared table; the drafters of the reviewing States; the room of one of them.
READERS = INSIDE - {"contributor"} - AUDITOR
DRAFTERS = frozenset({"same_group_focal_point", "same_group_expert", "other_group_focal_point"})
FOCAL_POINTS = frozenset({"focal_point", "same_group_focal_point", "other_group_focal_point"})
REVIEWING_FOCAL_POINTS = FOCAL_POINTS - {"focal_point"}
ROOM = frozenset({"same_group_focal_point", "same_group_expert", "same_group_observer"})
ROOM_DRAFTERS, ROOM_FOCAL_POINT = ROOM - {"same_group_observer"}, frozenset({"same_group_focal_point"})
OWN_READERS = WRITERS | {"observer"}
FOCAL_POINT = frozenset({"focal_point"})

EXCHANGE_STAGES = (SENT, DIALOGUE, OBSERVATIONS, SUMMARY)


def during(access: Access, *stages: str) -> dict[str, Access]:
    return dict.fromkeys(stages or (*EXCHANGE_STAGES, CLOSED), access)


def piece(name: str, *more: Any) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*scene.review, getattr(scene.pieces, name).pk, *more]


def room(may: frozenset[str], *, of: frozenset[str] = ROOM) -> Access:
    """Of those in the room these may, the others are told why not; outside it nobody learns of it."""
    return only(may, of=of)


READ, UNTOC, TIP = during(only(READERS)), at("untoc", "list_of_observations"), at("tip", "list_of_observations")
SUMMARY_OF_UNTOC = at("untoc", "summary")
_PROPOSAL = {"languages": ["en"]}
CONSULTATIONS = [
    Page("reviews:consultation", {BEFORE: Access(INSIDE), **during(Access(INSIDE), SENT)}, review),
    Page(
        "reviews:consultation-propose",
        {BEFORE: only(FOCAL_POINTS | OFFICERS), **during(only(NOBODY), SENT)},
        review,
    ),
    Page("reviews:consultation-propose", {BEFORE: only(FOCAL_POINTS | OFFICERS)}, review, "post", success=422),
    Page(
        "reviews:consultation-propose", {BEFORE: only(FOCAL_POINTS | OFFICERS)}, review, "post", _PROPOSAL, success=302
    ),
    Page("reviews:consultation-confirm", {BEFORE: only(FOCAL_POINTS)}, review, "post", {"number": "1"}, success=302),
    # The other group's State has named its people; the record is refused by the service, and the page is there.
    Page("reviews:consultation-go-ahead", {BEFORE: only(OFFICERS), **during(only(NOBODY), SENT)}, at("XAL")),
    Page("reviews:consultation-go-ahead", {BEFORE: only(OFFICERS)}, at("XAL"), "post", {"reason": "Now."}, success=422),
    Page("reviews:processing-record", during(only(OFFICERS), SENT, DIALOGUE), review, "post", success=302),
]
_WRITING = during(room(ROOM_DRAFTERS), SENT)
_COMMENT = {"text": "A comment.", "base": "0"}
FEEDBACK = [
    Page("portal:desk", READ, review),
    Page("portal:desk-section", READ, at("untoc", "article-15")),
    Page("dialogue:feedback-list", READ, review),
    Page("dialogue:feedback-detail", during(room(ROOM), SENT), at("XLE"), note="draft"),
    Page("dialogue:feedback-detail", during(only(READERS), DIALOGUE, CLOSED), at("XLE"), note="sent"),
    Page("dialogue:feedback-clear", during(room(ROOM_FOCAL_POINT), SENT), at("XLE")),
    Page("dialogue:feedback-clear", during(only(NOBODY), DIALOGUE), at("XLE"), note="sent"),
    Page("dialogue:feedback-clear", during(room(ROOM_FOCAL_POINT), SENT), at("XLE"), "post", success=302),
    Page("dialogue:question-comment", during(room(ROOM_DRAFTERS), SENT), at("XLE", QUESTION)),
    Page(
        "dialogue:question-comment",
        during(room(ROOM_DRAFTERS), SENT),
        at("XLE", QUESTION),
        "post",
        _COMMENT,
        success=302,
    ),
    Page("dialogue:question-comment", during(only(NOBODY), DIALOGUE), at("XLE", QUESTION), note="sent"),
    Page("dialogue:article-comment", during(room(ROOM_DRAFTERS), SENT), at("XLE", "untoc", 15)),
    Page(
        "dialogue:article-comment",
        during(room(ROOM_DRAFTERS), SENT),
        at("XLE", "untoc", 15),
        "post",
        _COMMENT,
        success=302,
    ),
]
_ASK = during(only(DRAFTERS), *EXCHANGE_STAGES)
_DRAFT, _ASKED = piece("clarification_draft"), piece("clarification_asked")
_IN_ROOM, _SENT_PIECE = during(room(ROOM_DRAFTERS), DIALOGUE), during(only(NOBODY), DIALOGUE)
_BY_ROOM_FOCAL_POINT = during(room(ROOM_FOCAL_POINT), DIALOGUE)
_TEXT = {"text": "Other words.", "base": "1"}
CLARIFICATIONS = [
    Page("dialogue:clarification-list", READ, review),
    Page("dialogue:clarification-ask", {**_ASK, CLOSED: only(NOBODY)}, at(QUESTION)),
    Page("dialogue:clarification-ask", during(only(DRAFTERS), DIALOGUE), at(QUESTION), "post", success=422),
    Page("dialogue:clarification-edit", _IN_ROOM, _DRAFT),
    Page("dialogue:clarification-edit", _IN_ROOM, _DRAFT, "post", _TEXT, success=302),
    Page("dialogue:clarification-edit", _SENT_PIECE, _ASKED, note="sent"),
    Page("dialogue:clarification-send", _BY_ROOM_FOCAL_POINT, _DRAFT, "post", success=302),
    Page("dialogue:clarification-send", _SENT_PIECE, _ASKED, "post", note="sent"),
    Page("dialogue:clarification-discard", _IN_ROOM, _DRAFT, "post", success=302),
    Page("dialogue:clarification-answer", during(only(WRITERS), DIALOGUE), _ASKED),
    Page("dialogue:clarification-answer", during(only(WRITERS), DIALOGUE), _ASKED, "post", _TEXT, success=302),
    Page("dialogue:clarification-answer-send", during(only(FOCAL_POINT), DIALOGUE), _ASKED, "post", success=302),
    Page("dialogue:clarification-close", during(only(ROOM_FOCAL_POINT), DIALOGUE), _ASKED, "post", success=302),
    Page("dialogue:clarification-close", during(room(NOBODY), DIALOGUE), _DRAFT, "post", note="draft"),
]
_EARLY = (BEFORE, DIALOGUE)
_TAKING_PART = INSIDE - AUDITOR
PREPARATION = [
    Page("dialogue:preparation", during(only(_TAKING_PART), BEFORE, *EXCHANGE_STAGES, CLOSED), review),
    Page("dialogue:legal-system-ask", {**during(only(DRAFTERS), *_EARLY), CLOSED: only(NOBODY)}, review),
    Page("dialogue:legal-system-ask", during(only(DRAFTERS), BEFORE), review, "post", success=422),
    Page(
        "dialogue:clarification-edit",
        during(room(ROOM_DRAFTERS), BEFORE),
        piece("legal_draft"),
        note="on the legal system",
    ),
    Page(
        "dialogue:clarification-send",
        during(room(ROOM_FOCAL_POINT), BEFORE),
        piece("legal_draft"),
        "post",
        success=302,
        note="on the legal system",
    ),
    Page(
        "dialogue:clarification-answer",
        during(only(WRITERS), BEFORE),
        piece("legal_asked"),
        note="on the legal system",
    ),
    Page(
        "dialogue:clarification-answer-send",
        during(only(FOCAL_POINT), BEFORE),
        piece("legal_asked"),
        "post",
        success=302,
        note="on the legal system",
    ),
    Page("dialogue:supplement-offer", {**during(only(WRITERS), *_EARLY), CLOSED: only(NOBODY)}, review),
    Page("dialogue:supplement-offer", during(only(WRITERS), BEFORE), review, "post", success=422),
    Page("dialogue:supplement-volunteer", {**during(only(WRITERS), *_EARLY), CLOSED: only(NOBODY)}, review),
    Page("dialogue:supplement-volunteer", during(only(WRITERS), BEFORE), review, "post", success=422),
    Page(
        "dialogue:supplement-edit",
        during(room(WRITERS, of=OWN_READERS), BEFORE),
        piece("law_draft"),
        note="a law",
    ),
    Page(
        "dialogue:supplement-send",
        during(room(FOCAL_POINT, of=OWN_READERS), BEFORE),
        piece("law_draft"),
        "post",
        success=302,
        note="a law",
    ),
    Page(
        "dialogue:supplement-edit",
        during(only(NOBODY), BEFORE),
        piece("voluntary_sent"),
        note="voluntary, sent",
    ),
]
# Of the State under review and of the reviewing State of the same group; ``officer`` is in charge of the review.
_CONSULTING = WRITERS | ROOM_DRAFTERS
_IN_CHARGE = frozenset({"officer"})
_WITHOUT, _WITH = piece("concern"), piece("concern_with_officer")
_WORDS = {"text": "Let us talk."}


def _message(scene: Scene) -> list[Any]:
    return [*_WITHOUT(scene), scene.pieces.concern.messages.get().pk]


CONCERNS = [
    Page("reviews:concern-list", during(only(WRITERS | DRAFTERS | OFFICERS), BEFORE, DIALOGUE, CLOSED), review),
    Page("reviews:concern-open", during(only(FOCAL_POINTS), BEFORE, CLOSED), review),
    Page("reviews:concern-open", during(only(FOCAL_POINTS), BEFORE), review, "post", success=422),
    Page("reviews:concern-detail", during(Access(_CONSULTING), BEFORE, DIALOGUE), _WITHOUT),
    Page("reviews:concern-detail", during(Access(_CONSULTING | _IN_CHARGE), BEFORE), _WITH, note="with the officer"),
    Page("reviews:concern-detail", during(Access(_CONSULTING), BEFORE), _WITHOUT, "post", _WORDS, success=302),
    Page("reviews:concern-settle", during(Access(_CONSULTING), BEFORE), _message, "post", success=302),
    Page("reviews:concern-close", during(room(FOCAL_POINT, of=_CONSULTING), BEFORE), _message),
    Page("reviews:concern-close", during(room(FOCAL_POINT, of=_CONSULTING), BEFORE), _message, "post", success=302),
]
_RECORDERS = {"focal_point", "same_group_focal_point", "other_group_focal_point"} | OFFICERS
_OWN_ROOM = during(room(WRITERS, of=OWN_READERS), DIALOGUE)
_SOURCE, _SENT_SOURCE = piece("supplement_draft"), piece("supplement_sent")
_CONCLUDING = during(only(REVIEWING_FOCAL_POINTS | OFFICERS), DIALOGUE)
_GIVEN = {"title": "A law", "link": "https://law.example/2"}
DIALOGUE_PAGES = [
    Page("dialogue:dialogue", READ, review),
    Page("dialogue:dialogue-conclude", during(only(REVIEWING_FOCAL_POINTS | OFFICERS), DIALOGUE), review),
    Page("dialogue:dialogue-conclude", during(only(NOBODY), SENT, OBSERVATIONS), review),
    Page(
        "dialogue:dialogue-conclude",
        during(only(REVIEWING_FOCAL_POINTS | OFFICERS), DIALOGUE),
        review,
        "post",
        success=302,
    ),
    Page("dialogue:supplement-add", {**during(only(WRITERS), *EXCHANGE_STAGES), CLOSED: only(NOBODY)}, review),
    Page("dialogue:supplement-add", during(only(WRITERS), DIALOGUE), review, "post", success=422),
    Page("dialogue:supplement-edit", _OWN_ROOM, _SOURCE),
    Page("dialogue:supplement-edit", _OWN_ROOM, _SOURCE, "post", _GIVEN, success=302),
    Page("dialogue:supplement-edit", _SENT_PIECE, _SENT_SOURCE, note="sent"),
    Page("dialogue:supplement-send", during(room(FOCAL_POINT, of=OWN_READERS), DIALOGUE), _SOURCE, "post", success=302),
    Page("dialogue:supplement-discard", _OWN_ROOM, _SOURCE, "post", success=302),
    Page("dialogue:supplement-file", during(Access(OWN_READERS), DIALOGUE), _SOURCE, note="draft"),
    Page("dialogue:supplement-file", during(only(READERS), DIALOGUE), _SENT_SOURCE, note="sent"),
    Page(
        "reviews:meeting-add",
        {**during(only(_RECORDERS), *EXCHANGE_STAGES), CLOSED: only(NOBODY)},
        review,
    ),
    Page("reviews:meeting-add", during(only(_RECORDERS), DIALOGUE), review, "post", success=422),
]
_DRAFTED, _TABLED = piece("observation_draft"), piece("observation_tabled")
_BY_ROOM_FOCAL_POINT_ON_TABLE = during(only(ROOM_FOCAL_POINT), DIALOGUE)
_ROOM_OF_LIST = during(room(ROOM_DRAFTERS), DIALOGUE, OBSERVATIONS)
OBSERVATIONS_PAGES = [
    Page("observations:observation-list", READ, review),
    Page(
        "observations:observation-add",
        {**during(only(DRAFTERS), SENT, DIALOGUE, OBSERVATIONS), **during(only(NOBODY), SUMMARY, CLOSED)},
        at("untoc"),
    ),
    Page("observations:observation-add", during(only(DRAFTERS), DIALOGUE), at("untoc"), "post", success=422),
    Page("observations:observation-edit", _ROOM_OF_LIST, _DRAFTED, note="draft"),
    Page("observations:observation-edit", during(only(ROOM_FOCAL_POINT), DIALOGUE), _TABLED, note="on the table"),
    Page(
        "observations:observation-edit",
        during(only(ROOM_FOCAL_POINT), DIALOGUE),
        _TABLED,
        "post",
        success=422,
        note="on the table",
    ),
    Page("observations:observation-copy", during(only(DRAFTERS), DIALOGUE, OBSERVATIONS), _TABLED, note="on the table"),
    Page("observations:observation-copy", during(room(NOBODY), DIALOGUE), _DRAFTED, note="draft"),
    Page(
        "observations:observation-copy",
        during(only(DRAFTERS), DIALOGUE),
        _TABLED,
        "post",
        success=422,
        note="on the table",
    ),
    Page("observations:observation-edit", _ROOM_OF_LIST, _DRAFTED, "post", success=422, note="draft"),
    Page("observations:observation-table", during(room(ROOM_FOCAL_POINT), DIALOGUE), _DRAFTED, "post", success=302),
    Page("observations:observation-table", during(only(NOBODY), DIALOGUE), _TABLED, "post", note="on the table"),
    Page("observations:observation-withdraw", during(room(ROOM_DRAFTERS), DIALOGUE), _DRAFTED, "post", success=302),
    Page(
        "observations:observation-withdraw",
        during(only(ROOM_FOCAL_POINT), DIALOGUE),
        _TABLED,
        "post",
        success=302,
        note="on the table",
    ),
    Page("observations:observation-history", during(room(ROOM), DIALOGUE), _DRAFTED, note="draft"),
    Page("observations:observation-history", during(only(READERS), DIALOGUE), _TABLED, note="on the table"),
]
_CLEARING = frozenset({"focal_point", "other_group_focal_point"})  # the same group's has proposed, and so cleared
_REWRITTEN = {"text": "Other words.", "base": "2"}
_PASSAGE = at("untoc", "summary", 1)
_DRAFT_OF_PASSAGE = {"text": "Other words."}


def _of_drafted(may: frozenset[str]) -> Access:
    """These of the State that has drafted; those of the other may do it too, and find no draft."""
    return Access(may, INSIDE - may - {"other_group_focal_point"})


_SHOWN = {"sha256": "0" * 64}
TEXTS = [
    Page("observations:text-list", READ, review),
    Page("observations:text-detail", READ, UNTOC),
    Page("observations:text-detail", during(only(READERS), SUMMARY, CLOSED), SUMMARY_OF_UNTOC, note="summary"),
    Page("observations:text-propose", during(only(REVIEWING_FOCAL_POINTS), OBSERVATIONS), UNTOC, "post", success=302),
    Page("observations:text-propose", during(only(NOBODY), DIALOGUE, CLOSED), UNTOC, "post"),
    Page("observations:text-clear", during(only(_CLEARING), OBSERVATIONS), TIP, "post", _SHOWN, success=302),
    Page("observations:text-clear", during(only(NOBODY), CLOSED), TIP, "post", _SHOWN),
    Page("observations:text-object", during(only(_CLEARING), OBSERVATIONS), TIP),
    Page("observations:text-object", during(only(_CLEARING), OBSERVATIONS), TIP, "post", success=422),
    Page("observations:text-document", READ, at("untoc", "list_of_observations", "pdf"), "post", success=302),
    Page("observations:text-document", READ, at("untoc", "list_of_observations", "docx"), "post", success=302),
    Page("observations:passage-edit", during(only(REVIEWING_FOCAL_POINTS), SUMMARY), at("untoc", "summary", 1)),
    Page("observations:passage-edit", during(only(NOBODY), CLOSED), at("untoc", "summary", 1)),
    Page(
        "observations:passage-edit",
        during(only(REVIEWING_FOCAL_POINTS), SUMMARY),
        at("untoc", "summary", 1),
        "post",
        {**_TEXT, "base": "2"},
        success=302,
    ),
    Page("observations:passage-draft", during(only(DRAFTERS), SUMMARY), _PASSAGE),
    Page("observations:passage-draft", during(only(NOBODY), CLOSED), _PASSAGE),
    Page(
        "observations:passage-draft", during(only(DRAFTERS), SUMMARY), _PASSAGE, "post", _DRAFT_OF_PASSAGE, success=302
    ),
    # The other group's State has drafted nothing there: its people find no draft to lay or discard.
    Page("observations:passage-lay", during(_of_drafted(ROOM_FOCAL_POINT), SUMMARY), _PASSAGE),
    Page("observations:passage-lay", during(_of_drafted(ROOM_FOCAL_POINT), SUMMARY), _PASSAGE, "post", success=302),
    Page("observations:passage-discard", during(_of_drafted(ROOM_DRAFTERS), SUMMARY), _PASSAGE),
    Page("observations:passage-discard", during(_of_drafted(ROOM_DRAFTERS), SUMMARY), _PASSAGE, "post", success=302),
    Page("core:job-detail", during(only(READERS), OBSERVATIONS, CLOSED), lambda scene: [scene.pieces.text_job.pk]),
]
_PUBLISHED = lambda *more: lambda scene: [*scene.review, "tip", "list_of_observations", *more]  # noqa: E731
_NOT_PUBLISHED = lambda scene: [*scene.review, "untoc", "list_of_observations"]  # noqa: E731
PUBLICATIONS = [
    Page("observations:publication-preview", during(only(OWN_READERS), SUMMARY, CLOSED), UNTOC),
    Page("observations:publication-preview", during(only(NOBODY), OBSERVATIONS), UNTOC, note="not agreed"),
    Page("observations:publish", during(only(FOCAL_POINT), SUMMARY, CLOSED), UNTOC, "post", _SHOWN, success=302),
    Page("observations:publish", during(only(NOBODY), CLOSED), TIP, "post", _SHOWN, note="published"),
    Page("observations:publication-end", during(only(FOCAL_POINT), CLOSED), TIP, "post", success=302),
    Page("observations:publication-end", during(only(NOBODY), CLOSED), UNTOC, "post", note="not published"),
    Page("observations:publication-list", ANYBODY, anonymous=200),
    Page("observations:publication-detail", {CLOSED: Access(EVERYBODY)}, _PUBLISHED(), anonymous=200),
    Page("observations:publication-detail", {CLOSED: Access()}, _NOT_PUBLISHED, note="not published", anonymous=404),
    Page(
        "observations:publication-detail", during(Access(), SUMMARY), _PUBLISHED(), note="not published", anonymous=404
    ),
    Page("observations:publication-file", {CLOSED: Access(EVERYBODY)}, _PUBLISHED("pdf"), anonymous=200),
    Page(
        "observations:publication-file",
        during(Access(), SUMMARY),
        _PUBLISHED("pdf"),
        note="not published",
        anonymous=404,
    ),
]
TABLE = {
    "consultations": CONSULTATIONS,
    "feedback": FEEDBACK,
    "clarifications": CLARIFICATIONS,
    "preparation": PREPARATION,
    "concerns": CONCERNS,
    "dialogue": DIALOGUE_PAGES,
    "observations": OBSERVATIONS_PAGES,
    "texts": TEXTS,
    "publications": PUBLICATIONS,
}
