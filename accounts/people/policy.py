"""The table of permissions on accounts and on the rare powers of the secretariat.

Nobody holds a rare power by a role alone: it needs an open staff session, whose reason the State concerned may read.
On a person's account nobody acts alone at all: an officer asks, and what was asked for is carried out by the one door
into a State's room (``reviews.access.services``), which acts as the system.
``decide_for`` is pure, so that the whole table can be printed (tests/permissions/accounts_matrix.csv); ``decide`` looks
up the facts and asks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import AccountAction, SecretariatRole
from accounts.people.models import Affiliation, StaffSession, User
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, SystemActor, refused

_OFFICERS = frozenset({SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR})
_ADMINISTRATORS = frozenset({SecretariatRole.ADMINISTRATOR})
_ONLY_OFFICERS = _("Only an officer of the secretariat does this.")
_ONLY_ADMINISTRATORS = _("Only an administrator of the secretariat does this.")
_ONLY_STEWARDS = _("Only administrators of the secretariat look after the reference data.")
_NEEDS_SESSION = _("This needs an open staff session: begin one and give the reason.")
_OTHER_STATE = _("Your staff session does not cover this person: end it, and begin one for his or her State.")
_NOT_ONESELF = _("Nobody does this to his or her own account: ask a colleague.")
_ONLY_THE_DOOR = _("Nobody does this alone: two officers ask for it, and the State is told before it takes effect.")
_HAS_SESSION = _("A staff session of yours is open: end it before you begin another one.")
_HAS_NO_SESSION = _("No staff session of yours is open.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the table needs to know of an actor and of the account acted on.

    ``covers``: the open staff session is for a State of that person, or for no State where he or she has none.
    """

    has_session: bool = False
    covers: bool = True
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """``roles`` may; ``is_rare``: in a staff session; ``is_about_person``: that covers the person, never oneself."""

    roles: frozenset[SecretariatRole]
    who: Reason
    is_rare: bool = False
    is_about_person: bool = False


RULES: Mapping[AccountAction, Rule] = {
    AccountAction.VIEW_ACCOUNTS: Rule(_OFFICERS, _ONLY_OFFICERS),
    AccountAction.VIEW_DELIVERIES: Rule(_OFFICERS, _ONLY_OFFICERS),
    AccountAction.RETRY_DELIVERY: Rule(_OFFICERS, _ONLY_OFFICERS),
    AccountAction.INVITE_AGAIN: Rule(_OFFICERS, _ONLY_OFFICERS),
    AccountAction.START_STAFF_SESSION: Rule(_OFFICERS, _ONLY_OFFICERS),
    AccountAction.END_STAFF_SESSION: Rule(_OFFICERS, _ONLY_OFFICERS),
    AccountAction.CHANGE_ADDRESS: Rule(_OFFICERS, _ONLY_OFFICERS, is_rare=True, is_about_person=True),
    AccountAction.CLOSE_ACCOUNT: Rule(_OFFICERS, _ONLY_OFFICERS, is_rare=True, is_about_person=True),
    AccountAction.REOPEN_ACCOUNT: Rule(_OFFICERS, _ONLY_OFFICERS, is_rare=True, is_about_person=True),
    AccountAction.RESET_SECOND_FACTOR: Rule(_OFFICERS, _ONLY_OFFICERS, is_rare=True, is_about_person=True),
    AccountAction.CHANGE_ROLE: Rule(_ADMINISTRATORS, _ONLY_ADMINISTRATORS, is_rare=True, is_about_person=True),
    AccountAction.MAINTAIN_REFERENCE_DATA: Rule(_ADMINISTRATORS, _ONLY_STEWARDS, is_rare=True),
}
# Rare acts, for which the sign-in has to be recent too.
BINDING = frozenset({AccountAction.START_STAFF_SESSION, *(action for action, rule in RULES.items() if rule.is_rare)})
_FOR_EVERYBODY = frozenset({AccountAction.VIEW_STATES, AccountAction.VIEW_OWN_PROFILE})


def decide_for(action: AccountAction, role: SecretariatRole | None, standing: Standing) -> Decision:
    """The table itself."""
    if action in _FOR_EVERYBODY:
        return ALLOWED
    if action == AccountAction.REGISTER_USER:
        return ALLOWED if role in _OFFICERS else refused(_("Only the secretariat registers people."))
    if action == AccountAction.CARRY_OUT:
        return refused(_ONLY_THE_DOOR)
    rule = RULES[action]
    if role is None and action != AccountAction.MAINTAIN_REFERENCE_DATA:
        return INVISIBLE
    if role not in rule.roles:
        return refused(rule.who)
    if action == AccountAction.START_STAFF_SESSION and standing.has_session:
        return refused(_HAS_SESSION)
    if action == AccountAction.END_STAFF_SESSION and not standing.has_session:
        return refused(_HAS_NO_SESSION)
    if rule.is_about_person and standing.is_self:
        return refused(_NOT_ONESELF)
    if rule.is_rare and not standing.has_session:
        return refused(_NEEDS_SESSION)
    return refused(_OTHER_STATE) if rule.is_about_person and not standing.covers else ALLOWED


def decide(actor: Actor, action: Any, target: Any) -> Decision:
    """Answer for AccountAction; ``target`` is the person whose account it is, or None."""
    if action == AccountAction.CARRY_OUT and isinstance(actor, SystemActor):
        return ALLOWED
    return decide_for(action, _role(actor), _standing(actor, action, target))


def is_secretariat(actor: Actor) -> bool:
    return isinstance(actor, SystemActor) or actor.is_secretariat


def is_auditor(actor: Actor) -> bool:
    return getattr(actor, "secretariat_role", "") == SecretariatRole.AUDITOR


def open_staff_session(actor: Actor) -> StaffSession | None:
    """The actor's staff session that is open now; one query for each actor object."""
    if isinstance(actor, SystemActor) or not actor.is_secretariat:
        return None
    known = actor.__dict__
    if "_staff_session" not in known:
        sessions = StaffSession.objects.filter(user=actor, ended_at=None).select_related("state_party")
        known["_staff_session"] = sessions.first()
    session: StaffSession | None = known["_staff_session"]
    return session if session is not None and session.expires_at > timezone.now() else None


def forget_staff_session(actor: Actor) -> None:
    """Make the next question look anew (after a session began or ended)."""
    actor.__dict__.pop("_staff_session", None)


def _role(actor: Actor) -> SecretariatRole | None:
    """The system registers people as an officer does; it never has a staff session."""
    if isinstance(actor, SystemActor):
        return SecretariatRole.OFFICER
    return SecretariatRole(actor.secretariat_role) if actor.secretariat_role else None


def _standing(actor: Actor, action: Any, target: User | None) -> Standing:
    """Queries only for what a staff session is needed or asked for."""
    rule = RULES.get(action)
    is_about_session = action in {AccountAction.START_STAFF_SESSION, AccountAction.END_STAFF_SESSION}
    if rule is None or not (rule.is_rare or is_about_session):
        return Standing()
    session = open_staff_session(actor)
    if session is None or target is None:
        return Standing(has_session=session is not None, is_self=target is not None and target == actor)
    return Standing(True, _covers(session, target), is_self=target == actor)


def _covers(session: StaffSession, person: User) -> bool:
    """Whether the State whose person this is will read of it; people of the secretariat belong to none."""
    states = set(Affiliation.objects.filter(user=person, ends_on=None).values_list("state_party_id", flat=True))
    return session.state_party_id in states if states else session.state_party_id is None
