"""Who gets what at the addresses of the legal library of a State, and of the laws that sent answers cite."""

from typing import Any
from uuid import UUID

from tests.permissions.urls_base import (
    AUDITOR,
    BEFORE,
    CLOSED,
    DRAFT,
    INSIDE,
    OWN,
    SENT,
    WRITERS,
    Page,
    Scene,
    at,
    only,
    review,
)


def law(scene: Scene) -> list[Any]:
    return [*scene.review, scene.pieces.law.pk]


_STAGES = (BEFORE, DRAFT, SENT, CLOSED)
_READ = dict.fromkeys(_STAGES, only(OWN))
_WRITE = dict.fromkeys(_STAGES, only(WRITERS | {"contributor"}))
_BRING = dict.fromkeys(_STAGES, only(WRITERS))
_TAKE_OVER = dict.fromkeys(_STAGES, only(frozenset({"focal_point"})))
LAWS = [
    Page("questionnaires:law-list", _READ, review),
    Page("questionnaires:law-export", _READ, review),
    Page("questionnaires:law-detail", _READ, law),
    Page("questionnaires:law-detail", {}, at(UUID(int=0)), note="of no law"),
    Page("questionnaires:law-add", _WRITE, review),
    Page("questionnaires:law-add", _WRITE, review, "post", success=422),
    Page("questionnaires:law-change", _WRITE, law),
    Page("questionnaires:law-change", _WRITE, law, "post", success=422),
    Page("questionnaires:law-end", _WRITE, law),
    Page("questionnaires:law-end", _WRITE, law, "post", success=422),
    Page("questionnaires:law-again", _WRITE, law),
    Page("questionnaires:law-again", _WRITE, law, "post", success=422),
    Page("questionnaires:law-upload", _BRING, review),
    Page("questionnaires:law-upload", _BRING, review, "post", success=422),
    Page("questionnaires:law-confirm", _BRING, review, success=302),
    Page("questionnaires:law-confirm", _BRING, review, "post", success=302),
    Page("questionnaires:law-references", _TAKE_OVER, review),
    Page("questionnaires:law-references", _TAKE_OVER, review, "post", success=422),
]
CITED = [
    Page("questionnaires:submission-laws", {SENT: only(INSIDE - {"contributor"} - AUDITOR)}, review),
]
TABLE = {"laws": LAWS, "laws cited": CITED}
