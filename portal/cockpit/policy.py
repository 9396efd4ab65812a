"""The table of permissions on the secretariat's cockpit. ``decide_for`` is pure (tests/permissions/cockpit_matrix.csv).

Everybody in the secretariat sees it; auditors only read. A view is private to its owner unless it is shared, and only
the owner changes it; an act on many reviews is confirmed by whoever has seen its preview. Once it is confirmed any
officer carries on where it has stopped. A document is whoever's who asked for it.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from core.models import Job
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, refused
from portal.cockpit.enums import CockpitAction
from portal.cockpit.models import BulkAct, SavedView
from reviews.cases import SECRETARIAT, secretariat_role

_ONLY_OFFICERS = _("Only officers of the secretariat act here; auditors read.")
_ONLY_THE_OWNER = _("Only the colleague who saved this view changes it.")
_ONLY_THE_PREPARER = _("Another officer has prepared this act, and confirms it.")

_READING = frozenset({CockpitAction.VIEW, CockpitAction.OPEN_VIEW, CockpitAction.VIEW_ACT})
_OF_ITS_OWNER = frozenset({CockpitAction.CHANGE_VIEW, CockpitAction.CONFIRM_ACT})


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose the view, act or document is; acts are always shared: the secretariat sees what was done."""

    is_own: bool = True
    is_shared: bool = True


def decide_for(action: CockpitAction, role: SecretariatRole | None, belongs: Belongs) -> Decision:
    """The table itself."""
    if role is None or not (belongs.is_own or belongs.is_shared):
        return INVISIBLE
    if action in _READING:
        return ALLOWED
    if role not in SECRETARIAT:
        return refused(_ONLY_OFFICERS)
    if action in _OF_ITS_OWNER and not belongs.is_own:
        return refused(_ONLY_THE_OWNER if action == CockpitAction.CHANGE_VIEW else _ONLY_THE_PREPARER)
    return ALLOWED


def decide(actor: Actor, action: Any, target: Any) -> Decision:
    """Answer for CockpitAction; ``target`` is a SavedView, a BulkAct, the Job of a document, or what else is shown."""
    belongs = Belongs()
    if isinstance(target, SavedView):
        belongs = Belongs(target.owner_id == actor.pk, target.is_shared)
    elif isinstance(target, BulkAct):
        belongs = Belongs(target.actor_id == actor.pk)
    elif isinstance(target, Job):
        belongs = Belongs(target.requested_by_id == actor.pk, is_shared=False)
    return decide_for(action, secretariat_role(actor), belongs)
