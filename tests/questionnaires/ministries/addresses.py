"""Who gets what at the addresses of what ministries have and propose."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from questionnaires.responses.models import Proposal, SectionAssignment
from reviews.ministries.models import Ministry
from tests.permissions.urls_base import (
    CLEARANCE,
    DRAFT,
    NOBODY,
    OWN,
    SENT,
    SENT_QUESTION,
    WRITERS,
    Access,
    Page,
    Scene,
    at,
    only,
    opened,
    participation,
    review,
)

NONE = UUID(int=0)
_FOCAL_POINT = only(frozenset({"focal_point"}))
_CONTRIBUTOR = frozenset({"contributor"})
_WHOLE_DRAFT = opened(only(OWN - _CONTRIBUTOR))
_SENDING = {DRAFT: _FOCAL_POINT, CLEARANCE: _FOCAL_POINT, SENT: only(NOBODY)}
_WRITING = {DRAFT: only(WRITERS), CLEARANCE: _FOCAL_POINT, SENT: only(NOBODY)}
# In clearance no ministry can do what would be asked of it.
_REMINDING = {DRAFT: _FOCAL_POINT, CLEARANCE: only(NOBODY), SENT: only(NOBODY)}
_RETURNING = {DRAFT: only(WRITERS), CLEARANCE: only(NOBODY), SENT: only(NOBODY)}
# A part is found by the contributor who has it, and by nobody else.
_OWN_PART = {DRAFT: Access(_CONTRIBUTOR), CLEARANCE: Access(refused=_CONTRIBUTOR), SENT: Access(refused=_CONTRIBUTOR)}


def _key_of_one(model: type[Model]) -> Any:
    """Of the one there is; of none where a scene was taken past the drafting without a ministry."""
    return getattr(model._default_manager.first(), "pk", NONE)


def _part(scene: Scene) -> list[Any]:
    return [*scene.review, _key_of_one(SectionAssignment)]


def _ministry(scene: Scene) -> list[Any]:
    return [*scene.review, _key_of_one(Ministry)]


def _proposal(scene: Scene) -> list[Any]:
    return [*scene.review, SENT_QUESTION, _key_of_one(Proposal)]


_SHOWN = {"base": "0", "number": "2"}
_STALE = {"number": "1", "reason": "Again."}
MINISTRIES = [
    Page("api:ministries", _WHOLE_DRAFT, review, anonymous=401),
    Page("api:official-answers", _WHOLE_DRAFT, review, anonymous=401),
    Page("api:proposals", _WHOLE_DRAFT, at(SENT_QUESTION), anonymous=401),
    Page("api:consulted-list", _WHOLE_DRAFT, review, anonymous=401),
    Page("questionnaires:ministries", _WHOLE_DRAFT, review),
    # By leave of the focal point a contributor reads it too, which nobody has given in a scene.
    Page("questionnaires:official-read", _WHOLE_DRAFT, review),
    Page("questionnaires:reading-allow", opened(_FOCAL_POINT), participation("contributor"), "post", success=302),
    Page("questionnaires:reading-end", opened(_FOCAL_POINT), participation("contributor"), "post", success=302),
    Page("questionnaires:ministry-assign", _SENDING, _ministry),
    Page("questionnaires:ministry-assign", _SENDING, _ministry, "post", success=302),
    Page("questionnaires:ministry-join", _SENDING, _ministry),
    Page("questionnaires:ministry-join", _SENDING, _ministry, "post", success=422, note="there is no other"),
    Page("questionnaires:contributor-place", _SENDING, participation("contributor")),
    Page(
        "questionnaires:contributor-place",
        _SENDING,
        participation("contributor"),
        "post",
        {"name": "Ministry of Trade"},
        success=422,
        note="is of a ministry",
    ),
    Page("questionnaires:ministry-remind", _REMINDING, participation("contributor"), "post", success=302),
    Page("questionnaires:ministry-hand-on", _SENDING, review),
    Page("questionnaires:ministry-hand-on", _SENDING, review, "post", success=422, note="nothing is left"),
    Page("questionnaires:part-answer", _OWN_PART, _part),
    Page("questionnaires:part-answer", _OWN_PART, _part, "post", {"said": "done"}, success=302),
    Page("questionnaires:part-check", _WRITING, _part, "post", success=302),
    Page("questionnaires:proposals", _WHOLE_DRAFT, at(SENT_QUESTION)),
    Page("questionnaires:return-answer", {DRAFT: only(_CONTRIBUTOR)}, at(SENT_QUESTION), note="returned"),
    Page(
        "questionnaires:return-answer",
        {DRAFT: only(_CONTRIBUTOR), CLEARANCE: only(NOBODY)},
        at(SENT_QUESTION),
        "post",
        success=302,
        note="returned",
    ),
    Page("questionnaires:proposal-adopt", _WRITING, _proposal),
    Page("questionnaires:proposal-adopt", _WRITING, _proposal, "post", {**_SHOWN, "text": "Both."}, success=302),
    Page("questionnaires:proposal-adopt-whole", _WRITING, _proposal, "post", _SHOWN, success=302),
    Page("questionnaires:proposal-return", _RETURNING, _proposal),
    # It was returned already, or written again since the form was shown: both are said, at each step.
    Page("questionnaires:proposal-return", _RETURNING, _proposal, "post", _STALE, success=422),
    Page("questionnaires:consulted-bodies", _WHOLE_DRAFT, review),
    # Who may only read the list is told at the act why not.
    Page(
        "questionnaires:consulted-bodies",
        {
            DRAFT: only(WRITERS),
            CLEARANCE: _FOCAL_POINT,
            SENT: only(NOBODY),
        },
        review,
        "post",
        {"name": "A union", "kind": "other", "consulted_on": "2026-01-05"},
        success=302,
    ),
    Page("questionnaires:consulted-body-remove", _WRITING, at(UUID(int=0)), "post", success=302, note="gone"),
]
TABLE = {"ministries": MINISTRIES}
