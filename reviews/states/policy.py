"""The table of permissions on what is seen outside a single review: the directory, and a State's staff sessions.

Focal points are made known to all who take part in the mechanism (resolution 10/1, annex I, paragraph 5), so that the
directory is for them, and for permanent missions (paragraph 7) and the secretariat. ``decide_for`` is pure.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from accounts.people.models import Affiliation
from accounts.states.models import StateParty
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, refused
from reviews.cases import secretariat_role
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.states.enums import StateAction

_NOT_IN_DIRECTORY = _(
    "The directory is for those who take part in a review, for permanent missions and the secretariat."
)
_NO_REMINDERS = _("Reminders go to those who take part in a review, to permanent missions and the secretariat.")
_REFUSED_OUTSIDE = {StateAction.VIEW_DIRECTORY: _NOT_IN_DIRECTORY, StateAction.VIEW_REMINDER_RULES: _NO_REMINDERS}
_ONLY_FOCAL_POINTS = _("Only the focal points and the permanent mission of the State see its staff sessions.")


@dataclass(frozen=True, slots=True)
class Standing:
    """``takes_part`` (now): in some review or, asked about a State, for that State; likewise the other two."""

    takes_part: bool = False
    is_focal_point: bool = False
    is_mission: bool = False


def decide_for(action: StateAction, role: SecretariatRole | None, standing: Standing) -> Decision:
    """The table itself."""
    if role is not None or standing.is_mission:
        return ALLOWED
    if action in _REFUSED_OUTSIDE:
        return ALLOWED if standing.takes_part else refused(_REFUSED_OUTSIDE[action])
    if standing.is_focal_point:
        return ALLOWED
    return refused(_ONLY_FOCAL_POINTS) if standing.takes_part else INVISIBLE


def decide(actor: Actor, action: Any, target: StateParty | None) -> Decision:
    """Answer for StateAction; ``target`` is the State whose staff sessions are asked for, None for the directory."""
    role = secretariat_role(actor)
    return decide_for(action, role, Standing() if role else _standing(actor, target))


def _standing(actor: Actor, state: StateParty | None) -> Standing:
    parts, missions = Participation.objects.filter(user=actor, ended_at=None), Affiliation.objects.filter(user=actor)
    missions = missions.filter(is_permanent_mission=True, ends_on=None)
    if state is not None:
        parts, missions = parts.filter(state_party=state), missions.filter(state_party=state)
    roles = set(parts.order_by().values_list("role", flat=True).distinct())
    return Standing(bool(roles), ParticipationRole.FOCAL_POINT in roles, missions.exists())
