"""Rules on accounts and on the roles of the secretariat."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import AccountAction, SecretariatRole
from core.policy import ALLOWED, Actor, Decision, SystemActor, refused


def is_secretariat(actor: Actor) -> bool:
    return isinstance(actor, SystemActor) or actor.is_secretariat


def is_auditor(actor: Actor) -> bool:
    return getattr(actor, "secretariat_role", "") == SecretariatRole.AUDITOR


def decide(actor: Actor, action: Any, target: Any) -> Decision:
    if action in {AccountAction.VIEW_STATES, AccountAction.VIEW_OWN_PROFILE} or is_secretariat(actor):
        return ALLOWED
    return refused(_("Only the secretariat registers people."))
