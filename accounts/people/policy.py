"""The table of permissions on accounts and on the rare powers of the secretariat.

Nobody holds a rare power by a role alone: it needs an open staff session, whose reason the State concerned may read.
On a person's account nobody acts alone at all: an officer asks, and what was asked for is carried out by the one door
into a State's room (``reviews.access.services``), which acts as the system (tests/permissions/accounts_matrix.csv).
The one exception is the first hour, in which there is nobody who could approve: the first administrator adds the second
member alone.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people.capacities import is_in_first_hour, is_last_administrator
from accounts.people.enums import AccountAction, SecretariatRole
from accounts.people.models import Affiliation, StaffSession, User
from core import context
from core.policy import PolicyCondition, Predicate, Rule, SystemActor, Table, everybody, may, unless

# Whom the policy is asked about: it has turned away by then who is not signed in.
Actor = User | SystemActor


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """What every table asks of the asker."""

    role: SecretariatRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts(RoleFacts):
    """What the table needs to know of an actor and of the account acted on.

    ``covers``: the open staff session is for a State of that person, or for no State where he or she has none.
    ``is_last``: the account is that of the last administrator. ``is_first``: the actor is in the first hour.
    """

    has_session: bool = False
    covers: bool = True
    is_self: bool = False
    is_system: bool = False
    is_last: bool = False
    is_first: bool = False


SECRETARIAT = frozenset({SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR})


in_secretariat: Predicate[RoleFacts] = Predicate(lambda facts: facts.role is not None)
# Officers and administrators act; auditors read.
officer: Predicate[RoleFacts] = Predicate(lambda facts: facts.role in SECRETARIAT)
administrator: Predicate[RoleFacts] = Predicate(lambda facts: facts.role == SecretariatRole.ADMINISTRATOR)
has_session: Predicate[AccountFacts] = Predicate(lambda facts: facts.has_session)
covered: Predicate[AccountFacts] = Predicate(lambda facts: facts.covers)
oneself: Predicate[AccountFacts] = Predicate(lambda facts: facts.is_self)
the_system: Predicate[AccountFacts] = Predicate(lambda facts: facts.is_system)
last_administrator: Predicate[AccountFacts] = Predicate(lambda facts: facts.is_last)
in_first_hour: Predicate[AccountFacts] = Predicate(lambda facts: facts.is_first)
_SESSION = "staff session"  # under which word it is kept in ``core.context``
_ONLY_OFFICERS = may(officer, else_=_("Only an officer of the secretariat does this."))
_ONLY_ADMINISTRATORS = may(administrator, else_=_("Only an administrator of the secretariat does this."))
_IN_SESSION = may(has_session, else_=_("This needs an open staff session: begin one and give the reason."))


LAST_ADMINISTRATOR = _("This is the last administrator: another one has to have begun before.")
_NOT_THE_LAST = unless(last_administrator, else_=LAST_ADMINISTRATOR)


def _in_session_about_a_person(
    who: PolicyCondition[RoleFacts], *others: PolicyCondition[AccountFacts]
) -> Rule[AccountFacts]:
    return Rule(
        who,
        unless(oneself, else_=_("Nobody does this to his or her own account: ask a colleague.")),
        *others,
        _IN_SESSION,
        may(
            covered,
            else_=_("Your staff session does not cover this person: end it, and begin one for his or her State."),
        ),
        binds=True,
    )


PERMISSIONS: Table[AccountFacts] = Table(
    AccountAction,
    sees=in_secretariat,
    rules={
        AccountAction.VIEW_STATES: Rule(sees=everybody),
        AccountAction.VIEW_OWN_PROFILE: Rule(sees=everybody),
        # Whoever has it acts as the person, so that it asks who that is once more.
        AccountAction.MAKE_TOKEN: Rule(sees=everybody, binds=True),
        AccountAction.REGISTER_USER: Rule(
            may(officer, else_=_("Only the secretariat registers people.")), sees=everybody
        ),
        AccountAction.VIEW_ACCOUNTS: Rule(_ONLY_OFFICERS),
        AccountAction.VIEW_DELIVERIES: Rule(_ONLY_OFFICERS),
        AccountAction.RETRY_DELIVERY: Rule(_ONLY_OFFICERS),
        AccountAction.VIEW_CONTACTS: Rule(_ONLY_OFFICERS),
        AccountAction.CHANGE_CONTACTS: Rule(_ONLY_OFFICERS),
        AccountAction.INVITE_AGAIN: Rule(_ONLY_OFFICERS),
        AccountAction.START_STAFF_SESSION: Rule(
            _ONLY_OFFICERS,
            unless(has_session, else_=_("A staff session of yours is open: end it before you begin another one.")),
            binds=True,
        ),
        AccountAction.END_STAFF_SESSION: Rule(
            _ONLY_OFFICERS, may(has_session, else_=_("No staff session of yours is open."))
        ),
        AccountAction.CHANGE_ADDRESS: _in_session_about_a_person(_ONLY_OFFICERS),
        AccountAction.CLOSE_ACCOUNT: _in_session_about_a_person(_ONLY_OFFICERS, _NOT_THE_LAST),
        AccountAction.REOPEN_ACCOUNT: _in_session_about_a_person(_ONLY_OFFICERS),
        AccountAction.RESET_SECOND_FACTOR: _in_session_about_a_person(_ONLY_OFFICERS),
        AccountAction.CHANGE_ROLE: _in_session_about_a_person(_ONLY_ADMINISTRATORS, _NOT_THE_LAST),
        # Without a staff session: no State is concerned, and the request bears its own reason.
        AccountAction.ADD_MEMBER: Rule(_ONLY_ADMINISTRATORS, binds=True),
        AccountAction.ADD_ALONE: Rule(
            _ONLY_ADMINISTRATORS,
            may(
                in_first_hour,
                else_=_("The first hour is over: another member of the secretariat approves who is added."),
            ),
            binds=True,
        ),
        # Whoever sets up who may sign people in: one alone never does. To end it gives nobody anything.
        AccountAction.PREPARE_PROVIDER: Rule(_ONLY_ADMINISTRATORS, binds=True),
        AccountAction.APPROVE_PROVIDER: Rule(
            _ONLY_OFFICERS,
            unless(oneself, else_=_("Another member of the secretariat approves what you have prepared.")),
            binds=True,
        ),
        AccountAction.END_PROVIDER: Rule(_ONLY_OFFICERS, binds=True),
        AccountAction.CARRY_OUT: Rule(
            may(
                the_system,
                else_=_(
                    "Nobody does this alone: two officers ask for it, and the State is told before it takes effect."
                ),
            ),
            sees=everybody,
        ),
        AccountAction.MAINTAIN_REFERENCE_DATA: Rule(
            may(administrator, else_=_("Only administrators of the secretariat look after the reference data.")),
            _IN_SESSION,
            sees=everybody,
            binds=True,
        ),
    },
)
_ENDING = frozenset({AccountAction.CLOSE_ACCOUNT, AccountAction.CHANGE_ROLE})
# Queries only for what a staff session is needed or asked for.
_ABOUT_SESSIONS = frozenset(
    {
        AccountAction.START_STAFF_SESSION,
        AccountAction.END_STAFF_SESSION,
        AccountAction.CHANGE_ADDRESS,
        AccountAction.CLOSE_ACCOUNT,
        AccountAction.REOPEN_ACCOUNT,
        AccountAction.RESET_SECOND_FACTOR,
        AccountAction.CHANGE_ROLE,
        AccountAction.MAINTAIN_REFERENCE_DATA,
    }
)


def facts_of(actor: Actor, action: Any, target: User | None) -> AccountFacts:
    """For AccountAction; ``target`` is the person whose account it is, or None."""
    role, is_system = secretariat_role(actor), isinstance(actor, SystemActor)
    if action == AccountAction.ADD_ALONE:
        is_asked = role == SecretariatRole.ADMINISTRATOR  # nobody else is looked up for
        is_first = is_asked and not isinstance(actor, SystemActor) and is_in_first_hour(actor)
        return AccountFacts(role=role, is_system=is_system, is_first=is_first)
    is_self = target is not None and target == actor
    if action not in _ABOUT_SESSIONS:
        return AccountFacts(role=role, is_system=is_system, is_self=is_self)
    session = open_staff_session(actor)
    covers = session is None or target is None or _covers(session, target)
    is_last = action in _ENDING and target is not None and is_last_administrator(target)
    return AccountFacts(
        role=role,
        is_system=is_system,
        has_session=session is not None,
        covers=covers,
        is_self=is_self,
        is_last=is_last,
    )


def secretariat_role(actor: Actor) -> SecretariatRole | None:
    """The system acts as an officer, and never has a staff session; services record it as the system."""
    if isinstance(actor, SystemActor):
        return SecretariatRole.OFFICER
    return SecretariatRole(actor.secretariat_role) if actor.secretariat_role else None


def is_secretariat(actor: Actor) -> bool:
    return isinstance(actor, SystemActor) or actor.is_secretariat


def is_auditor(actor: Actor) -> bool:
    return getattr(actor, "secretariat_role", "") == SecretariatRole.AUDITOR


def open_staff_session(actor: Actor) -> StaffSession | None:
    """The actor's staff session that is open now; one query for each request."""
    if isinstance(actor, SystemActor) or not actor.is_secretariat:
        return None
    sessions = StaffSession.objects.filter(user=actor, ended_at=None).select_related("state_party")
    session = context.looked_up((_SESSION, actor.pk), sessions.first)
    return session if session is not None and session.expires_at > timezone.now() else None


def forget_staff_session(actor: Actor) -> None:
    """Make the next question look anew (after a session began or ended)."""
    context.forget(_SESSION, actor.pk)


def _covers(session: StaffSession, person: User) -> bool:
    """Whether the State whose person this is will read of it; people of the secretariat belong to none."""
    states = set(Affiliation.objects.filter(user=person, ends_on=None).values_list("state_party_id", flat=True))
    return session.state_party_id in states if states else session.state_party_id is None
