"""The table of permissions on the secretariat's cockpit, printed whole in tests/permissions/cockpit_matrix.csv.

Everybody in the secretariat sees it; auditors only read. A view is private to its owner unless it is shared, and only
the owner changes it; an act on many reviews is confirmed by whoever has seen its preview. Once it is confirmed any
officer carries on where it has stopped. A document is whoever's who asked for it.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, in_secretariat, officer, secretariat_role
from core.models import Job
from core.policy import Predicate, Rule, Table, may
from portal.cockpit.enums import CockpitAction
from portal.cockpit.models import BulkAct, SavedView


@dataclass(frozen=True, slots=True, kw_only=True)
class CockpitFacts(RoleFacts):
    """Whose the view, act or document is; acts are always shared: the secretariat sees what was done."""

    is_own: bool = True
    is_shared: bool = True


own: Predicate[CockpitFacts] = Predicate(lambda facts: facts.is_own)
shared: Predicate[CockpitFacts] = Predicate(lambda facts: facts.is_shared)
_ONLY_OFFICERS = may(officer, else_=_("Only officers of the secretariat act here; auditors read."))

PERMISSIONS: Table[CockpitFacts] = Table(
    CockpitAction,
    sees=in_secretariat & (own | shared),
    rules={
        CockpitAction.VIEW: Rule(),
        CockpitAction.OPEN_VIEW: Rule(),
        CockpitAction.VIEW_ACT: Rule(),
        CockpitAction.SAVE_VIEW: Rule(_ONLY_OFFICERS),
        CockpitAction.CHANGE_VIEW: Rule(
            _ONLY_OFFICERS, may(own, else_=_("Only the colleague who saved this view changes it."))
        ),
        CockpitAction.PREPARE_ACT: Rule(_ONLY_OFFICERS),
        CockpitAction.CONFIRM_ACT: Rule(
            _ONLY_OFFICERS, may(own, else_=_("Another officer has prepared this act, and confirms it."))
        ),
        CockpitAction.CARRY_ON: Rule(_ONLY_OFFICERS),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> CockpitFacts:
    """For CockpitAction; ``target`` is a SavedView, a BulkAct, the Job of a document, or what else is shown."""
    role = secretariat_role(actor)
    if isinstance(target, SavedView):
        return CockpitFacts(role=role, is_own=target.owner_id == actor.pk, is_shared=target.is_shared)
    if isinstance(target, BulkAct):
        return CockpitFacts(role=role, is_own=target.actor_id == actor.pk)
    if isinstance(target, Job):
        return CockpitFacts(role=role, is_own=target.requested_by_id == actor.pk, is_shared=False)
    return CockpitFacts(role=role)
