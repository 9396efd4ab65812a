"""The table of permissions on mechanisms that come into the portal, printed whole in
tests/permissions/mechanisms_matrix.csv.

What comes with the portal one administrator loads, for the release has been looked at; a file takes two, as a
questionnaire does that it publishes.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, administrator, in_secretariat, officer, secretariat_role
from core import jobs
from core.policy import PolicyCondition, Predicate, Rule, Table, during, may, unless
from portal.mechanisms.enums import ChoiceStatus, MechanismAction
from portal.mechanisms.models import MechanismChoice

LOAD = "portal.load_mechanism"


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismFacts(RoleFacts):
    """``status`` of a choice, None where there is none; ``is_own``: the asker has made it; ``is_running``: a worker
    loads a mechanism.
    """

    status: ChoiceStatus | None = None
    is_own: bool = False
    is_running: bool = False


own: Predicate[MechanismFacts] = Predicate(lambda facts: facts.is_own)
running: Predicate[MechanismFacts] = Predicate(lambda facts: facts.is_running)
_OFFICERS = may(officer, else_=_("Only an officer of the secretariat does this."))
_NOT_RUNNING: PolicyCondition[MechanismFacts] = unless(running, else_=_("A mechanism is being loaded; wait for it."))
_OVER = {
    ChoiceStatus.CONFIRMED: _("This has been confirmed."),
    ChoiceStatus.LOADED: _("This is loaded."),
    ChoiceStatus.WITHDRAWN: _("This was withdrawn."),
}
_WAITING = during({ChoiceStatus.WAITING}, else_=_OVER)

PERMISSIONS: Table[MechanismFacts] = Table(
    MechanismAction,
    sees=in_secretariat,
    rules={
        MechanismAction.VIEW: Rule(),
        MechanismAction.CHOOSE: Rule(
            may(administrator, else_=_("Only administrators of the secretariat set up the portal.")), _NOT_RUNNING
        ),
        MechanismAction.CONFIRM: Rule(
            _OFFICERS,
            _WAITING,
            unless(own, else_=_("Two members of the secretariat are needed: you have brought this in.")),
            _NOT_RUNNING,
            binds=True,
        ),
        MechanismAction.WITHDRAW: Rule(_OFFICERS, _WAITING),
        # What the worker asks, in the name of who has chosen or confirmed.
        MechanismAction.LOAD: Rule(
            _OFFICERS,
            during(
                {ChoiceStatus.CONFIRMED},
                else_={**_OVER, ChoiceStatus.WAITING: _("It waits for another member of the secretariat.")},
            ),
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> MechanismFacts:
    """For MechanismAction; ``target`` is a MechanismChoice, or None for VIEW and CHOOSE."""
    role = secretariat_role(actor)
    is_asked = action in {MechanismAction.CHOOSE, MechanismAction.CONFIRM}
    is_running = is_asked and role is not None and running_choice() is not None
    if target is None:
        return MechanismFacts(role=role, is_running=is_running)
    return MechanismFacts(
        role=role,
        status=ChoiceStatus(target.status),
        is_own=target.chosen_by_id == getattr(actor, "pk", None),
        is_running=is_running,
    )


def running_choice() -> MechanismChoice | None:
    """The one that a worker loads, or is about to."""
    confirmed = MechanismChoice.objects.filter(status=ChoiceStatus.CONFIRMED)
    return next((each for each in confirmed if (job := jobs.latest_act(each, LOAD)) and not job.is_finished), None)
