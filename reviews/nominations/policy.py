"""The table of permissions on nominations: whoever stands for a State names its people, and a second person checks.

``decide_for`` is pure (tests/permissions/nomination_matrix.csv). The focal points of a State in its current reviews and
its permanent mission stand for it; officers of the secretariat act for either. Nobody checks what he or she has
recorded, and for the same reason an officer changes only what he or she has recorded; nobody checks for the own State.
Auditors read the record of acts and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import AccountStatus, SecretariatRole
from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, SystemActor, refused
from reviews.cases import SECRETARIAT, secretariat_role
from reviews.cases.enums import Grant, ParticipationRole
from reviews.cases.models import Participation
from reviews.nominations.enums import NominationAction, NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism

# Acts that give or end access or bind the State, for which the sign-in has to be recent.
BINDING = frozenset(
    {
        NominationAction.SUBMIT,
        NominationAction.APPROVE,
        NominationAction.ALONE,
        NominationAction.ASK_FOR_MISSION,
        NominationAction.SET_STATUS_CONSENT,
    }
)


@dataclass(frozen=True, slots=True)
class NominatingState:
    """One State in one mechanism: what a page of nominations is about."""

    mechanism: Mechanism
    state_party: StateParty


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to a State: ``is_of_state`` in any way, be it as an expert or as one of its officials.

    ``is_sole``: an officer besides whom no other is left.
    """

    is_focal_point: bool = False
    is_mission: bool = False
    is_of_state: bool = False
    is_recorder: bool = False
    is_sole: bool = False

    @property
    def speaks_for_state(self) -> bool:
        return self.is_focal_point or self.is_mission


_ONLY_ITS_STATE = _("Only the focal points and the permanent mission of the State, and officers of the secretariat.")
_ONLY_OFFICERS = _("Only an officer of the secretariat does this.")
_ONLY_THE_STATE = _("Only the focal points and the permanent mission of the State decide this.")
_ONLY_THE_RECORDER = _(
    "Another officer has recorded this note. Only that officer and the State change it, so that you can check it."
)
_NOT_THE_RECORDER = _("You have recorded this note; another officer checks it.")
_NOT_THE_STATE = _("You belong to the State that sent this note; another officer checks it.")
_BEING_CHECKED = _("This note is being checked. It can be changed when it is returned.")
_APPROVED = _("This note has been approved; it can no longer be changed.")
_NOT_SUBMITTED = _("This note has not been submitted.")
_WITH_THE_STATE = _("This note has been approved; it lies with the State.")
_NOT_ALONE = _("There is another officer who can check it.")
_IS_RETURNED = _("This note was returned; it is checked when it is submitted again.")
_WAS_APPROVED = _("This note has been approved.")

_CLOSED_TO_CHANGE: Mapping[NoteStatus, Reason] = {
    NoteStatus.SUBMITTED: _BEING_CHECKED,
    NoteStatus.WAITING: _WITH_THE_STATE,
    NoteStatus.APPROVED: _APPROVED,
}
_CLOSED_TO_CHECK: Mapping[NoteStatus, Reason] = {
    NoteStatus.RECORDING: _NOT_SUBMITTED,
    NoteStatus.RETURNED: _IS_RETURNED,
    NoteStatus.WAITING: _WITH_THE_STATE,
    NoteStatus.APPROVED: _WAS_APPROVED,
}
_CHANGING = frozenset({NominationAction.CHANGE, NominationAction.SUBMIT})
_CHECKING = frozenset({NominationAction.RETURN, NominationAction.APPROVE})


def decide_for(
    action: NominationAction, standing: Standing, role: SecretariatRole | None, status: NoteStatus | None
) -> Decision:
    """The table itself. ``status`` is that of the note, None for actions without one."""
    is_officer = role in SECRETARIAT
    if action == NominationAction.LIST and not is_officer:
        return refused(_ONLY_OFFICERS) if role else INVISIBLE
    if action == NominationAction.READ_RECORD and role == SecretariatRole.AUDITOR:
        return ALLOWED
    if not is_officer and not standing.speaks_for_state:
        return refused(_ONLY_ITS_STATE) if role or standing.is_of_state else INVISIBLE
    if action == NominationAction.SET_STATUS_CONSENT:
        return ALLOWED if standing.speaks_for_state else refused(_ONLY_THE_STATE)
    if action == NominationAction.ASK_FOR_MISSION:
        return ALLOWED if is_officer else refused(_ONLY_OFFICERS)
    if status is None:
        return ALLOWED
    if action in _CHANGING:
        return _decide_change(standing, status)
    if action in _CHECKING:
        return _decide_check(standing, status, is_officer=is_officer)
    if action == NominationAction.ALONE:
        return _decide_alone(standing, status, is_officer=is_officer)
    return ALLOWED


def _decide_change(standing: Standing, status: NoteStatus) -> Decision:
    if not standing.speaks_for_state and not standing.is_recorder:
        return refused(_ONLY_THE_RECORDER)
    reason = _CLOSED_TO_CHANGE.get(status)
    return refused(reason) if reason else ALLOWED


def _decide_check(standing: Standing, status: NoteStatus, *, is_officer: bool) -> Decision:
    if not is_officer:
        return refused(_ONLY_OFFICERS)
    if standing.is_recorder:
        return refused(_NOT_THE_RECORDER)
    if standing.is_of_state:
        return refused(_NOT_THE_STATE)
    reason = _CLOSED_TO_CHECK.get(status)
    return refused(reason) if reason else ALLOWED


def _decide_alone(standing: Standing, status: NoteStatus, *, is_officer: bool) -> Decision:
    if not is_officer:
        return refused(_ONLY_OFFICERS)
    if not standing.is_sole:
        return refused(_NOT_ALONE)
    reason = _CLOSED_TO_CHECK.get(status)
    return refused(reason) if reason else ALLOWED


def decide(actor: Actor, action: Any, target: NominatingState | NoteVerbale | None) -> Decision:
    """Answer for NominationAction; ``target`` is None for LIST."""
    role = secretariat_role(actor)
    if target is None:
        return decide_for(action, Standing(), role, None)
    standing = standing_of(actor, target.mechanism, target.state_party)
    if isinstance(target, NominatingState):
        return decide_for(action, standing, role, None)
    is_recorder = actor.pk is not None and actor.pk == target.recorded_by_id
    is_sole = action == NominationAction.ALONE and is_recorder and is_sole_officer(actor)
    standing = replace(standing, is_recorder=is_recorder, is_sole=is_sole)
    return decide_for(action, standing, role, NoteStatus(target.status))


def standing_of(actor: Actor, mechanism: Mechanism, state_party: StateParty) -> Standing:
    """One query for each actor object, mechanism and State (see ``forget_hats``)."""
    if isinstance(actor, SystemActor):
        return Standing()
    standings: dict[Any, Standing] = actor.__dict__.setdefault("_standings", {})
    key = (mechanism.pk, state_party.pk)
    if key not in standings:
        standings[key] = _fetch_standing(actor, mechanism, state_party)
    return standings[key]


def _fetch_standing(actor: User, mechanism: Mechanism, state_party: StateParty) -> Standing:
    takes_part = Participation.objects.filter(user=OuterRef("pk"), state_party=state_party, ended_at=None)
    affiliated = Affiliation.objects.filter(open_affiliation(), user=OuterRef("pk"), state_party=state_party)
    row = (
        User.objects.filter(pk=actor.pk)
        .annotate(
            is_focal_point=Exists(takes_part.filter(current_focal_point(), review__mechanism=mechanism)),
            is_mission=Exists(affiliated.filter(is_permanent_mission=True)),
            is_of_state=Exists(takes_part) | Exists(affiliated),
        )
        .values_list("is_focal_point", "is_mission", "is_of_state")
        .first()
    )
    return Standing(*row) if row else Standing()


def is_sole_officer(actor: Actor) -> bool:
    """Whether nobody else of the secretariat could approve what this officer has prepared."""
    if secretariat_role(actor) not in SECRETARIAT:
        return False
    roles = [role.value for role in SECRETARIAT]
    able = User.objects.filter(secretariat_role__in=roles, is_active=True, status=AccountStatus.ACTIVE)
    return not able.exclude(pk=actor.pk).exists()


def current_focal_point() -> Q:
    """Participations that let somebody speak for the State: of a focal point, with its grants, in an open review."""
    return Q(
        role=ParticipationRole.FOCAL_POINT,
        ended_at=None,
        review__grants__user=OuterRef("pk"),
        review__grants__permission__codename=Grant.CLEAR,
    ) & ~Q(review__step__kind=StepKind.CLOSING)


def open_affiliation() -> Q:
    """Affiliations of today. One that is ended is over at once, on the day itself too."""
    today = timezone.localdate()
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gt=today))
