"""The table of permissions on requests for access: two officers and the State itself, and nobody twice.

Officers prepare and approve; the focal points, the experts and the permanent mission of the State confirm or refuse
what they were told of; all of its people read it. Who may prepare a request stands with the act that it asks for.
Printed whole in tests/permissions/access_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.affiliations import open_affiliation
from accounts.people import (
    Actor,
    RoleFacts,
    in_secretariat,
    is_in_first_hour,
    is_sole_officer,
    officer,
    secretariat_role,
)
from accounts.people.models import Affiliation, User
from core.policy import PolicyCondition, Predicate, Rule, SystemActor, Table, during, may, unless
from reviews.access.enums import AccessAction, AccessKind, AccessStatus
from reviews.access.models import AccessRequest
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.nominations import NO_SECOND_YET

# Who speaks up for a State about its own room, besides its permanent mission.
DECIDING_ROLES = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFacts(RoleFacts):
    """What somebody is to a request; no status where all of them are asked about.

    ``decides``: a focal point, an expert or the permanent mission of the State. ``is_subject``: it is about this
    person's account or access. ``gains``: it gives this person access. ``was_told``: the State knows of the request.
    ``is_sole``: no other officer is left who could approve. ``is_first``: nor was there ever one (the first hour).
    """

    status: AccessStatus | None = None
    decides: bool = False
    is_of_state: bool = False
    is_subject: bool = False
    gains: bool = False
    is_preparer: bool = False
    is_sole: bool = False
    is_first: bool = False
    was_told: bool = False
    is_alone: bool = False
    may_stop: bool = False
    has_delayed: bool = False


told: Predicate[AccessFacts] = Predicate(lambda facts: facts.was_told and (facts.is_of_state or facts.is_subject))
deciding: Predicate[AccessFacts] = Predicate(lambda facts: facts.decides)
stopping: Predicate[AccessFacts] = Predicate(lambda facts: facts.may_stop)
concerned: Predicate[AccessFacts] = Predicate(lambda facts: facts.is_subject or facts.is_of_state)
preparer: Predicate[AccessFacts] = Predicate(lambda facts: facts.is_preparer)
sole_officer: Predicate[AccessFacts] = Predicate(lambda facts: facts.is_sole)
in_first_hour: Predicate[AccessFacts] = Predicate(lambda facts: facts.is_first)
of_one_officer: Predicate[AccessFacts] = Predicate(lambda facts: facts.is_alone)
gaining: Predicate[AccessFacts] = Predicate(lambda facts: facts.gains)
has_delayed: Predicate[AccessFacts] = Predicate(lambda facts: facts.has_delayed)
_IS_OVER = {
    AccessStatus.PREPARED: _("This request waits for a second officer."),
    AccessStatus.TOLD: _("This request has been approved; the State has been told."),
    AccessStatus.DUE: _("This request is being carried out."),
    AccessStatus.DONE: _("This request is in effect."),
    AccessStatus.RETURNED: _("This request was returned."),
    AccessStatus.REFUSED: _("The State has refused this request."),
    AccessStatus.WITHDRAWN: _("This request was withdrawn."),
}
_PREPARED = during({AccessStatus.PREPARED}, else_=_IS_OVER)
_TOLD = during({AccessStatus.TOLD}, else_=_IS_OVER)
_WHO_ACTS = _("Only an officer of the secretariat does this.")
_ONLY_OFFICERS = may(officer, else_=_WHO_ACTS)
_READS: PolicyCondition[AccessFacts] = may(officer | told, else_=_WHO_ACTS)
_WHO_DECIDES = _("Only the focal points, the experts and the permanent mission of the State answer for it.")
_CHECKING: tuple[PolicyCondition[AccessFacts], ...] = (
    _ONLY_OFFICERS,
    unless(preparer, else_=_("You have prepared this request; another officer approves it.")),
    unless(concerned, else_=_("This request is about you, or about your State; another officer approves it.")),
    _PREPARED,
)
_ONLY_THE_PREPARER = may(preparer, else_=_("Only the officer who has prepared this request does this."))

PERMISSIONS: Table[AccessFacts] = Table(
    AccessAction,
    sees=in_secretariat | told,
    rules={
        AccessAction.LIST: Rule(_ONLY_OFFICERS, sees=in_secretariat),
        AccessAction.VIEW: Rule(_READS),
        AccessAction.READ_SCAN: Rule(_READS, may(officer | deciding, else_=_WHO_DECIDES)),
        AccessAction.APPROVE: Rule(*_CHECKING, binds=True),
        AccessAction.RETURN: Rule(*_CHECKING),
        AccessAction.ALONE: Rule(
            _ONLY_OFFICERS,
            _ONLY_THE_PREPARER,
            unless(in_first_hour, else_=NO_SECOND_YET),
            may(sole_officer, else_=_("There is another officer who can approve it.")),
            _PREPARED,
            binds=True,
        ),
        AccessAction.WITHDRAW: Rule(
            _ONLY_OFFICERS,
            _ONLY_THE_PREPARER,
            during({AccessStatus.PREPARED, AccessStatus.TOLD}, else_=_IS_OVER),
        ),
        AccessAction.CONFIRM: Rule(
            _READS,
            may(deciding & ~preparer, else_=_WHO_DECIDES),
            _TOLD,
            unless(
                of_one_officer,
                else_=_("Only one officer stands behind this request: its waiting time has to pass."),
            ),
            unless(gaining, else_=_("Somebody else of your State confirms what gives you access.")),
            binds=True,
        ),
        AccessAction.REFUSE: Rule(
            _READS,
            may((deciding | stopping) & ~preparer, else_=_WHO_DECIDES),
            _TOLD,
            unless(
                has_delayed,
                else_=_("You have delayed this request once; others of your State can still refuse it."),
            ),
            binds=True,
        ),
    },
)


def facts_of(actor: Actor, action: Any, request: AccessRequest | None) -> AccessFacts:
    """For AccessAction; ``request`` is None for LIST. A constant number of queries.

    The task that takes requests into effect asks nothing here.
    """
    role = secretariat_role(actor)
    if request is None:
        return AccessFacts(role=role)
    status = AccessStatus(request.status)
    if isinstance(actor, SystemActor):
        return AccessFacts(role=role, status=status)
    decides, is_of_state = _place_of(actor, request)
    is_subject = actor.pk == request.person_id
    is_sole = is_sole_officer(actor)
    return AccessFacts(
        role=role,
        status=status,
        decides=decides,
        is_of_state=is_of_state,
        is_subject=is_subject,
        gains=_gains(actor, request),
        is_preparer=actor.pk == request.prepared_by_id,
        is_sole=is_sole,
        is_first=is_sole and is_in_first_hour(actor),
        was_told=request.told_at is not None,
        is_alone=request.is_alone,
        may_stop=is_subject and request.kind in {AccessKind.ADDRESS, AccessKind.FACTORS},
        has_delayed=is_leaving(actor, request) and request.delayed_at is not None,
    )


def is_leaving(actor: User, request: AccessRequest) -> bool:
    """Whether the request takes access from the person, who then delays it once and refuses nothing."""
    if request.kind == AccessKind.NOMINATIONS and request.note is not None:
        return request.note.nominations.filter(replaces__user=actor).exists()
    takes = {AccessKind.END, AccessKind.END_MISSION, AccessKind.CLOSE}
    return request.kind in takes and request.person_id == actor.pk


def _place_of(actor: User, request: AccessRequest) -> tuple[bool, bool]:
    if request.state_party_id is None:
        return False, False
    takes_part = Participation.objects.filter(user=OuterRef("pk"), state_party=request.state_party_id, ended_at=None)
    affiliated = Affiliation.objects.filter(open_affiliation(), user=OuterRef("pk"), state_party=request.state_party_id)
    mission = Exists(affiliated.filter(is_permanent_mission=True))
    row = (
        User.objects.filter(pk=actor.pk)
        .annotate(
            decides=Exists(takes_part.filter(role__in=DECIDING_ROLES)) | mission,
            is_of_state=Exists(takes_part) | mission,
        )
        .values_list("decides", "is_of_state")
        .first()
    )
    return row or (False, False)


def _gains(actor: User, request: AccessRequest) -> bool:
    if request.kind == AccessKind.NOMINATIONS and request.note is not None:
        return request.note.nominations.filter(email__iexact=actor.email).exists()
    return request.kind == AccessKind.MISSION and request.wanted.get("email") == actor.email
