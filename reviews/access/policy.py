"""The table of permissions on requests for access: two officers and the State itself, and nobody twice.

``decide_for`` is pure (tests/permissions/access_matrix.csv). Officers prepare and approve; the focal points, the
experts and the permanent mission of the State confirm or refuse what they were told of; all of its people read it. Who
may prepare a request stands with the act that it asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from accounts.people.models import Affiliation, User
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, SystemActor, refused
from reviews.access.enums import AccessAction, AccessKind, AccessStatus
from reviews.access.models import AccessRequest
from reviews.cases import SECRETARIAT, secretariat_role
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.nominations import is_sole_officer, open_affiliation

BINDING = frozenset({AccessAction.APPROVE, AccessAction.ALONE, AccessAction.CONFIRM, AccessAction.REFUSE})
# Who speaks up for a State about its own room, besides its permanent mission.
DECIDING_ROLES = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to a request.

    ``decides``: a focal point, an expert or the permanent mission of the State. ``is_subject``: it is about this
    person's account or access. ``gains``: it gives this person access. ``was_told``: the State knows of the request.
    ``is_sole``: no other officer is left who could approve.
    """

    decides: bool = False
    is_of_state: bool = False
    is_subject: bool = False
    gains: bool = False
    is_preparer: bool = False
    is_sole: bool = False
    was_told: bool = False
    is_alone: bool = False
    may_stop: bool = False
    has_delayed: bool = False


_ONLY_OFFICERS = _("Only an officer of the secretariat does this.")
_ONLY_DECIDING = _("Only the focal points, the experts and the permanent mission of the State answer for it.")
_NOT_THE_PREPARER = _("You have prepared this request; another officer approves it.")
_ONLY_THE_PREPARER = _("Only the officer who has prepared this request does this.")
_NOT_ABOUT_ONESELF = _("This request is about you, or about your State; another officer approves it.")
_NOT_ALONE = _("There is another officer who can approve it.")
_SOMEBODY_ELSE = _("Somebody else of your State confirms what gives you access.")
_TIME_MUST_PASS = _("Only one officer stands behind this request: its waiting time has to pass.")
_ONCE = _("You have delayed this request once; others of your State can still refuse it.")
_IS_OVER: Mapping[AccessStatus, Reason] = {
    AccessStatus.PREPARED: _("This request waits for a second officer."),
    AccessStatus.TOLD: _("This request has been approved; the State has been told."),
    AccessStatus.DUE: _("This request is being carried out."),
    AccessStatus.DONE: _("This request is in effect."),
    AccessStatus.RETURNED: _("This request was returned."),
    AccessStatus.REFUSED: _("The State has refused this request."),
    AccessStatus.WITHDRAWN: _("This request was withdrawn."),
}
_CHECKING = frozenset({AccessAction.APPROVE, AccessAction.RETURN})
_ANSWERING = frozenset({AccessAction.CONFIRM, AccessAction.REFUSE})


def decide_for(
    action: AccessAction, standing: Standing, role: SecretariatRole | None, status: AccessStatus | None
) -> Decision:
    """The table itself. ``status`` is that of the request, None for LIST."""
    is_officer = role in SECRETARIAT
    if status is None:
        return ALLOWED if is_officer else refused(_ONLY_OFFICERS) if role else INVISIBLE
    sees = standing.was_told and (standing.is_of_state or standing.is_subject)
    if not is_officer and not sees:
        return refused(_ONLY_OFFICERS) if role else INVISIBLE
    if action == AccessAction.VIEW:
        return ALLOWED
    if action == AccessAction.READ_SCAN:
        return ALLOWED if is_officer or standing.decides else refused(_ONLY_DECIDING)
    if action in _ANSWERING:
        return _decide_answer(action, standing, status)
    return _decide_check(action, standing, status) if is_officer else refused(_ONLY_OFFICERS)


def _decide_check(action: AccessAction, standing: Standing, status: AccessStatus) -> Decision:
    if action in _CHECKING:
        if standing.is_preparer:
            return refused(_NOT_THE_PREPARER)
        if standing.is_subject or standing.is_of_state:
            return refused(_NOT_ABOUT_ONESELF)
    elif not standing.is_preparer:
        return refused(_ONLY_THE_PREPARER)
    if action == AccessAction.ALONE and not standing.is_sole:
        return refused(_NOT_ALONE)
    is_open = status == AccessStatus.PREPARED or (action == AccessAction.WITHDRAW and status == AccessStatus.TOLD)
    return ALLOWED if is_open else refused(_IS_OVER[status])


def _decide_answer(action: AccessAction, standing: Standing, status: AccessStatus) -> Decision:
    stops = action == AccessAction.REFUSE and standing.may_stop
    if standing.is_preparer or not (standing.decides or stops):
        return refused(_ONLY_DECIDING)
    if status != AccessStatus.TOLD:
        return refused(_IS_OVER[status])
    if action == AccessAction.CONFIRM and standing.is_alone:
        return refused(_TIME_MUST_PASS)
    if action == AccessAction.CONFIRM and standing.gains:
        return refused(_SOMEBODY_ELSE)
    if action == AccessAction.REFUSE and standing.has_delayed:
        return refused(_ONCE)
    return ALLOWED


def decide(actor: Actor, action: Any, target: AccessRequest | None) -> Decision:
    """Answer for AccessAction; ``target`` is None for LIST."""
    role = secretariat_role(actor)
    if target is None:
        return decide_for(action, Standing(), role, None)
    return decide_for(action, standing_of(actor, target), role, AccessStatus(target.status))


def standing_of(actor: Actor, request: AccessRequest) -> Standing:
    """A constant number of queries; the task that takes requests into effect asks nothing here."""
    if isinstance(actor, SystemActor):
        return Standing()
    decides, is_of_state = _place_of(actor, request)
    is_subject = actor.pk == request.person_id
    loses = is_leaving(actor, request)
    return Standing(
        decides=decides,
        is_of_state=is_of_state,
        is_subject=is_subject,
        gains=_gains(actor, request),
        is_preparer=actor.pk == request.prepared_by_id,
        is_sole=is_sole_officer(actor),
        was_told=request.told_at is not None,
        is_alone=request.is_alone,
        may_stop=is_subject and request.kind in {AccessKind.ADDRESS, AccessKind.FACTORS},
        has_delayed=loses and request.delayed_at is not None,
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
