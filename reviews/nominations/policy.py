"""The table of permissions on nominations: whoever stands for a State names its people, and a second person checks.

The focal points of a State in its current reviews and its permanent mission stand for it; officers of the secretariat
act for either. Nobody checks what he or she has recorded, or what came by a link for which he or she wrote to the
mission or listed its address; and an officer changes only what he or she has recorded. Nobody checks for the own State.
Auditors read the record of acts and nothing else.
Printed whole in tests/permissions/nomination_matrix.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import (
    Actor,
    RoleFacts,
    in_secretariat,
    is_in_first_hour,
    is_sole_officer,
    officer,
    secretariat_role,
)
from accounts.people.enums import SecretariatRole
from core.policy import PolicyCondition, Predicate, Reason, Rule, SystemActor, Table, during, may, unless
from reviews.nominations.enums import NominationAction, NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.speakers import NominatingState, StateRelation, relation_to_state

_NOTHING = StateRelation()


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationFacts(RoleFacts):
    """What the table needs to know; no status where no note is asked about.

    ``is_opener``: it came by a link for which he or she wrote to the mission, or put its address on the list.
    ``is_sole``: an officer besides whom no other is left. ``is_first``: nor was there ever one (the first hour).
    """

    relation: StateRelation = _NOTHING
    status: NoteStatus | None = None
    is_recorder: bool = False
    is_opener: bool = False
    is_sole: bool = False
    is_first: bool = False


speaks_for_state: Predicate[NominationFacts] = Predicate(lambda facts: facts.relation.speaks_for_state)
of_the_state: Predicate[NominationFacts] = Predicate(lambda facts: facts.relation.is_of_state)
auditor: Predicate[NominationFacts] = Predicate(lambda facts: facts.role == SecretariatRole.AUDITOR)
recorder: Predicate[NominationFacts] = Predicate(lambda facts: facts.is_recorder)
opener: Predicate[NominationFacts] = Predicate(lambda facts: facts.is_opener)
sole_officer: Predicate[NominationFacts] = Predicate(lambda facts: facts.is_sole)
in_first_hour: Predicate[NominationFacts] = Predicate(lambda facts: facts.is_first)
without_note: Predicate[NominationFacts] = Predicate(lambda facts: facts.status is None)
_WHO_ACTS = _("Only the focal points and the permanent mission of the State, and officers of the secretariat.")
_ONLY_ITS_STATE = may(officer | speaks_for_state, else_=_WHO_ACTS)
_ONLY_OFFICERS = may(officer, else_=_("Only an officer of the secretariat does this."))
# The road of the only officer is for who is left, and not for who has not asked anybody in yet.
NO_SECOND_YET = _("Nobody else of the secretariat has begun yet. Add a second member, who approves it.")
_OPENED_IT = _(
    "This came by a link for which you wrote to the mission or put its address on the list; another officer checks it."
)
_WITH_THE_STATE = _("This note has been approved; it lies with the State.")


def _open_to(statuses: frozenset[NoteStatus], closed: Mapping[NoteStatus, Reason]) -> PolicyCondition[NominationFacts]:
    return during({None, *statuses}, else_=closed)


_CHANGING: tuple[PolicyCondition[NominationFacts], ...] = (
    _ONLY_ITS_STATE,
    may(
        without_note | speaks_for_state | recorder,
        else_=_(
            "Another officer has recorded this note. Only that officer and the State change it, so that you can check "
            "it."
        ),
    ),
    _open_to(
        frozenset({NoteStatus.RECORDING, NoteStatus.RETURNED}),
        {
            NoteStatus.SUBMITTED: _("This note is being checked. It can be changed when it is returned."),
            NoteStatus.WAITING: _WITH_THE_STATE,
            NoteStatus.APPROVED: _("This note has been approved; it can no longer be changed."),
        },
    ),
)
_SUBMITTED = _open_to(
    frozenset({NoteStatus.SUBMITTED}),
    {
        NoteStatus.RECORDING: _("This note has not been submitted."),
        NoteStatus.RETURNED: _("This note was returned; it is checked when it is submitted again."),
        NoteStatus.WAITING: _WITH_THE_STATE,
        NoteStatus.APPROVED: _("This note has been approved."),
    },
)
_CHECKING: tuple[PolicyCondition[NominationFacts], ...] = (
    _ONLY_ITS_STATE,
    may(without_note | officer, else_=_("Only an officer of the secretariat does this.")),
    unless(~without_note & recorder, else_=_("You have recorded this note; another officer checks it.")),
    unless(
        ~without_note & of_the_state, else_=_("You belong to the State that sent this note; another officer checks it.")
    ),
    _SUBMITTED,
)

PERMISSIONS: Table[NominationFacts] = Table(
    NominationAction,
    sees=in_secretariat | of_the_state | speaks_for_state,
    rules={
        NominationAction.LIST: Rule(_ONLY_OFFICERS, sees=in_secretariat),
        # Alone: a letter gives no access, and what is taken over is checked by a second officer like any note.
        NominationAction.VIEW_BOARD: Rule(_ONLY_OFFICERS, sees=in_secretariat),
        NominationAction.WRITE_TO_STATES: Rule(_ONLY_OFFICERS, sees=in_secretariat),
        NominationAction.TAKE_OVER: Rule(_ONLY_OFFICERS, sees=in_secretariat),
        NominationAction.VIEW_STATE: Rule(_ONLY_ITS_STATE),
        NominationAction.READ_RECORD: Rule(may(officer | speaks_for_state | auditor, else_=_WHO_ACTS)),
        NominationAction.RECORD: Rule(_ONLY_ITS_STATE),
        NominationAction.VIEW: Rule(_ONLY_ITS_STATE),
        NominationAction.CHANGE: Rule(*_CHANGING),
        NominationAction.SUBMIT: Rule(*_CHANGING, binds=True),
        NominationAction.RETURN: Rule(*_CHECKING),
        NominationAction.APPROVE: Rule(
            *_CHECKING[:-1], unless(~without_note & opener, else_=_OPENED_IT), _SUBMITTED, binds=True
        ),
        NominationAction.ALONE: Rule(
            _ONLY_ITS_STATE,
            may(without_note | officer, else_=_("Only an officer of the secretariat does this.")),
            unless(~without_note & in_first_hour, else_=NO_SECOND_YET),
            may(without_note | sole_officer, else_=_("There is another officer who can check it.")),
            _SUBMITTED,
            binds=True,
        ),
        NominationAction.ASK_FOR_MISSION: Rule(_ONLY_ITS_STATE, _ONLY_OFFICERS, binds=True),
        NominationAction.SET_STATUS_CONSENT: Rule(
            _ONLY_ITS_STATE,
            may(
                speaks_for_state,
                else_=_("Only the focal points and the permanent mission of the State decide this."),
            ),
            binds=True,
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: NominatingState | NoteVerbale | None) -> NominationFacts:
    """For NominationAction; ``target`` is None for what the secretariat does for all States."""
    role = secretariat_role(actor)
    if target is None:
        return NominationFacts(role=role)
    relation = relation_to_state(actor, target.mechanism, target.state_party)
    if isinstance(target, NominatingState):
        return NominationFacts(role=role, relation=relation)
    is_recorder = actor.pk is not None and actor.pk == target.recorded_by_id
    is_sole = action == NominationAction.ALONE and is_recorder and is_sole_officer(actor)
    return NominationFacts(
        role=role,
        relation=relation,
        status=NoteStatus(target.status),
        is_recorder=is_recorder,
        is_opener=actor.pk is not None and actor.pk in (target.written_by_id, target.listed_by_id),
        is_sole=is_sole,
        is_first=is_sole and not isinstance(actor, SystemActor) and is_in_first_hour(actor),
    )
