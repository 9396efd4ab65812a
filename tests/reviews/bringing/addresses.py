"""Who gets what at the addresses of what is brought in: officers, and the States of a review what came of it."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import (
    AUDITOR,
    INSIDE,
    NOBODY,
    OFFICERS,
    SENT,
    Access,
    Page,
    Scene,
    at,
    once,
    only,
    review,
)

_OFFICERS = once(only(OFFICERS, of=OFFICERS | AUDITOR))
_NOBODY = once(only(NOBODY, of=AUDITOR))
_OWN, _OTHER = (once(only(frozenset({name}), of=OFFICERS | AUDITOR)) for name in ("officer", "administrator"))
_UPLOAD = {"sent_on": "2022-09-15", "language": "en"}


def file(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: ["untoc", getattr(scene.bringing, name).pk]


def piece(scene: Scene) -> list[Any]:
    return [*scene.review, scene.bringing.piece.pk]


def mechanism(scene: Scene) -> list[Any]:
    return ["untoc"]


FILES = [
    Page("reviews:bringing-list", _OFFICERS, mechanism),
    Page("reviews:bringing-courses", _OFFICERS, mechanism),
    Page("reviews:bringing-courses", _OFFICERS, mechanism, "post", success=422),
    Page("reviews:bringing-courses-template", _OFFICERS, mechanism),
    Page("reviews:bringing-courses-file", _OFFICERS, file("prepared"), note="prepared"),
    Page("reviews:bringing-courses-file", _OFFICERS, file("waiting"), note="waiting"),
    Page("reviews:bringing-courses-file", _NOBODY, file("answers"), note="another kind"),
    Page("reviews:bringing-lay-before", _OWN, file("prepared"), "post", success=302),
    Page("reviews:bringing-confirm", _OTHER, file("waiting"), "post", success=302),
    Page("reviews:bringing-set-aside", _OTHER, file("waiting")),
    Page("reviews:bringing-set-aside", _OTHER, file("waiting"), "post", success=422),
    Page("reviews:bringing-withdraw", _OWN, file("waiting"), "post", success=302),
]
ANSWERS = [
    Page("questionnaires:bringing-reviews", _OFFICERS, mechanism),
    Page("questionnaires:bringing-answers", _OFFICERS, lambda scene: ["untoc", "1-XMB"]),
    Page("questionnaires:bringing-answers", _OFFICERS, lambda scene: ["untoc", "1-XMB"], "post", _UPLOAD, success=422),
    Page("questionnaires:bringing-answers-template", _OFFICERS, lambda scene: ["untoc", "1-XMB"]),
    Page("questionnaires:bringing-file", _OFFICERS, file("answers")),
    Page("questionnaires:bringing-file", _NOBODY, file("prepared"), note="another kind"),
]
_FEEDBACK = "dialogue:bringing-feedback"


def place(scene: Scene) -> list[Any]:
    return ["untoc", "1-XMB", scene.bringing.reviewing.iso3]


FEEDBACK = [
    Page("dialogue:bringing-states", _OFFICERS, mechanism),
    Page(_FEEDBACK, _OFFICERS, place),
    Page(_FEEDBACK, _OFFICERS, place, "post", _UPLOAD, success=422),
    Page(f"{_FEEDBACK}-template", {SENT: only(OFFICERS, of=OFFICERS | AUDITOR)}, at("XLE")),
    Page("dialogue:bringing-file", _OFFICERS, file("feedback")),
    Page("dialogue:bringing-file", _NOBODY, file("answers"), note="another kind"),
]
_TEXT, _LIST = "observations:bringing-text", at("untoc", "list_of_observations")
_SENT = {SENT: only(OFFICERS, of=OFFICERS | AUDITOR)}
TEXTS = [
    Page("observations:bringing-texts", _OFFICERS, mechanism),
    Page(_TEXT, _SENT, _LIST),
    Page(_TEXT, _SENT, _LIST, "post", _UPLOAD, success=422),
    Page(f"{_TEXT}-template", _SENT, _LIST),
    Page("observations:bringing-file", _SENT, file("text")),
    Page("observations:bringing-file", _NOBODY, file("answers"), note="another kind"),
]
_ONLY_FOCAL_POINT = once(only(frozenset({"focal_point"})))
PIECES = [
    Page("reviews:brought-in", once(Access(INSIDE)), review),
    Page("reviews:brought-in-say", _ONLY_FOCAL_POINT, piece),
    Page("reviews:brought-in-say", _ONLY_FOCAL_POINT, piece, "post", {"word": "confirmed"}, success=302),
]
TABLE = {
    "files that are brought in": FILES,
    "answers that are brought in": ANSWERS,
    "feedback that is brought in": FEEDBACK,
    "texts that are brought in": TEXTS,
    "what came of them": PIECES,
}
