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


def _file(scene: Scene) -> list[Any]:
    return [*law(scene), scene.pieces.law.files.first().pk]


def _sent_file(scene: Scene) -> list[Any]:
    return [*scene.review, scene.pieces.law.files.first().pk]


_STAGES = (BEFORE, DRAFT, SENT, CLOSED)
_READ = dict.fromkeys(_STAGES, only(OWN))
_WRITE = dict.fromkeys(_STAGES, only(WRITERS | {"contributor"}))
_BRING = dict.fromkeys(_STAGES, only(WRITERS))
_TAKE_OVER = dict.fromkeys(_STAGES, only(frozenset({"focal_point"})))
LAWS = [
    Page("questionnaires:law-list", _READ, review),
    Page("api:law-list", _READ, review, anonymous=401),
    Page("api:law-detail", _READ, law, anonymous=401),
    Page("api:law-references", _TAKE_OVER, review, anonymous=401),
    Page("api:law-references", _TAKE_OVER, review, "post", success=415, anonymous=401),
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
    Page("questionnaires:law-file", _READ, _file),
    Page("questionnaires:law-file-add", _WRITE, law),
    Page("questionnaires:law-file-add", _WRITE, law, "post", success=422),
    Page("questionnaires:law-file-end", _WRITE, _file),
    Page("questionnaires:law-file-end", _WRITE, _file, "post", success=302),
    Page("questionnaires:law-upload", _BRING, review),
    Page("questionnaires:law-upload", _BRING, review, "post", success=422),
    Page("questionnaires:law-confirm", _BRING, review, success=302),
    Page("questionnaires:law-confirm", _BRING, review, "post", success=302),
    Page("questionnaires:law-references", _TAKE_OVER, review),
    Page("questionnaires:law-references", _TAKE_OVER, review, "post", success=422),
]
_READERS = only(INSIDE - {"contributor"} - AUDITOR)
CITED = [
    Page("api:submission-laws", {SENT: _READERS}, review, anonymous=401),
    Page("questionnaires:submission-laws", {SENT: _READERS}, review),
    Page("questionnaires:submission-law-file", {SENT: _READERS}, _sent_file),
]
TABLE = {"laws": LAWS, "laws cited": CITED}
