"""The table of permissions on what is seen outside a single review: the directory, and a State's staff sessions.

Focal points are made known to all who take part in the mechanism (resolution 10/1, annex I, paragraph 5), so that the
directory is for them, and for permanent missions (paragraph 7) and the secretariat.
Printed whole in tests/permissions/states_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, in_secretariat, officer, secretariat_role
from accounts.people.models import Affiliation
from accounts.states.models import StateParty
from core.policy import Predicate, Rule, SystemActor, Table, everybody, may
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.states.enums import StateAction


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFacts(RoleFacts):
    """``takes_part`` (now): in some review or, asked about a State, for that State; likewise the other two."""

    takes_part: bool = False
    is_focal_point: bool = False
    is_mission: bool = False


takes_part: Predicate[StateFacts] = Predicate(lambda facts: facts.takes_part)
of_the_mission: Predicate[StateFacts] = Predicate(lambda facts: facts.is_mission)
focal_point: Predicate[StateFacts] = Predicate(lambda facts: facts.is_focal_point)
_INSIDE = in_secretariat | of_the_mission | takes_part
_SPEAKS = in_secretariat | of_the_mission | focal_point

PERMISSIONS: Table[StateFacts] = Table(
    StateAction,
    sees=everybody,
    rules={
        StateAction.VIEW_DIRECTORY: Rule(
            may(
                _INSIDE,
                else_=_(
                    "The directory is for those who take part in a review, for permanent missions and the secretariat."
                ),
            )
        ),
        StateAction.VIEW_REMINDER_RULES: Rule(
            may(
                _INSIDE,
                else_=_("Reminders go to those who take part in a review, to permanent missions and the secretariat."),
            )
        ),
        StateAction.FORESEE_REMINDERS: Rule(
            may(officer, else_=_("Only an officer of the secretariat looks ahead to the reminders of others.")),
            sees=in_secretariat,
        ),
        StateAction.VIEW_STAFF_SESSIONS: Rule(
            may(
                _SPEAKS,
                else_=_("Only the focal points and the permanent mission of the State see its staff sessions."),
            ),
            sees=_INSIDE | _SPEAKS,
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: StateParty | None) -> StateFacts:
    """For StateAction; ``target`` is the State whose staff sessions are asked for, None for the directory."""
    role = secretariat_role(actor)
    if role is not None or isinstance(actor, SystemActor):
        return StateFacts(role=role)
    parts, missions = Participation.objects.filter(user=actor, ended_at=None), Affiliation.objects.filter(user=actor)
    missions = missions.filter(is_permanent_mission=True, ends_on=None)
    if target is not None:
        parts, missions = parts.filter(state_party=target), missions.filter(state_party=target)
    roles = set(parts.order_by().values_list("role", flat=True).distinct())
    return StateFacts(
        takes_part=bool(roles),
        is_focal_point=ParticipationRole.FOCAL_POINT in roles,
        is_mission=missions.exists(),
    )
