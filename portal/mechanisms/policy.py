"""The table of permissions on mechanisms that come into the portal, printed whole in
tests/permissions/mechanisms_matrix.csv.

A mechanism takes two, as a questionnaire does that it publishes. While there is nobody else in the secretariat one
administrator loads what comes with the portal, for the release has been looked at; a file waits for the second.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, administrator, in_secretariat, officer, secretariat_role
from core import jobs
from core.policy import PolicyCondition, Predicate, Rule, Table, during, may, unless
from portal.mechanisms.enums import ChoiceStatus, MechanismAction

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
loading: Predicate[MechanismFacts] = running & Predicate(lambda facts: facts.status == ChoiceStatus.CONFIRMED)
_OFFICERS = may(officer, else_=_("Only an officer of the secretariat does this."))
_IS_RUNNING = _("A mechanism is being loaded; wait for it.")
_NOT_RUNNING: PolicyCondition[MechanismFacts] = unless(running, else_=_IS_RUNNING)
_OVER = {
    ChoiceStatus.CONFIRMED: _("This has been confirmed."),
    ChoiceStatus.LOADED: _("This is loaded."),
    ChoiceStatus.WITHDRAWN: _("This was withdrawn."),
}
_WAITING = during({ChoiceStatus.WAITING}, else_=_OVER)
_CONFIRMED = during(
    {ChoiceStatus.CONFIRMED},
    else_={**_OVER, ChoiceStatus.WAITING: _("It waits for another member of the secretariat.")},
)

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
            unless(own, else_=_("Two members of the secretariat are needed: you have chosen this yourself.")),
            _NOT_RUNNING,
            binds=True,
        ),
        MechanismAction.WITHDRAW: Rule(
            _OFFICERS,
            during({ChoiceStatus.WAITING, ChoiceStatus.CONFIRMED}, else_=_OVER),
            unless(loading, else_=_IS_RUNNING),
        ),
        MechanismAction.LOAD_AGAIN: Rule(_OFFICERS, _CONFIRMED, _NOT_RUNNING),
        # What the worker asks, in the name of who has chosen or confirmed.
        MechanismAction.LOAD: Rule(_OFFICERS, _CONFIRMED),
    },
)


_WHILE_NONE_RUNS = frozenset(
    {MechanismAction.CHOOSE, MechanismAction.CONFIRM, MechanismAction.WITHDRAW, MechanismAction.LOAD_AGAIN}
)


def facts_of(actor: Actor, action: Any, target: Any) -> MechanismFacts:
    """For MechanismAction; ``target`` is a MechanismChoice, or None for VIEW and CHOOSE."""
    role = secretariat_role(actor)
    is_running = action in _WHILE_NONE_RUNS and role is not None and is_loading()
    if target is None:
        return MechanismFacts(role=role, is_running=is_running)
    return MechanismFacts(
        role=role,
        status=ChoiceStatus(target.status),
        is_own=target.chosen_by_id == getattr(actor, "pk", None),
        is_running=is_running,
    )


def is_loading() -> bool:
    """Whether a worker loads a mechanism, or is about to: one is begun once the one before it has ended."""
    job = jobs.newest_act(LOAD)
    return job is not None and not job.is_finished
