"""What becomes of an account when a request for access has taken effect.

Nobody calls these but the one door into a State's room (``reviews.access.services``): two officers have asked,
and the State has been told. ``request`` is the key under which the record says so. The checks say beforehand what would
be refused.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.invitations import owe_invitation
from accounts.people import LAST_ADMINISTRATOR, Actor, is_last_administrator, lock_administrators
from accounts.people.enums import AccountAction, AccountStatus, SecretariatRole
from accounts.people.models import User
from accounts.sessions import end_sessions_of
from accounts.single_sign_on import end_links_of
from accounts.tokens import end_tokens_of
from accounts.tokens.enums import TokenEnd
from core import audit
from core.database.identity import giving_keys
from core.errors import ServiceError
from core.mail import notifications
from core.models import AuditEntry
from core.policy import require


def check_address(user: User, email: str) -> None:
    """Raise ServiceError where the address is the account's own, or somebody else's."""
    if email == user.email:
        raise ServiceError(_("This is the address that the account has."), field="email")
    if User.objects.filter(email__iexact=email).exists():
        raise ServiceError(_("There is an account with this address already."), field="email")


@transaction.atomic
@giving_keys()
def change_address(*, actor: Actor, user: User, email: str, reason: str, request: str) -> User:
    """Move an account to another e-mail address; sessions end, and both addresses are told.

    An invited person gets the activation link at the new address instead. Raises ServiceError like ``check_address``.
    """
    require(actor, AccountAction.CARRY_OUT, user)
    user = _lock(user)
    check_address(user, email)
    former, user.email = user.email, email
    user.save(update_fields=["email", "updated_at"])
    end_sessions_of(user)
    end_tokens_of(user, TokenEnd.ACCOUNT, actor=actor)
    end_links_of(user, actor=actor)
    entry = _record(actor, "accounts.user.address_changed", user, reason, request)
    _tell(user, "address_changed", entry, address=former)
    if user.status == AccountStatus.INVITED:
        owe_invitation(user, is_forced=True)
    else:
        _tell(user, "address_changed", entry)
    return user


def check_open(user: User) -> None:
    """Raise ServiceError where the account is closed, or is that of the last administrator."""
    if not user.is_active:
        raise ServiceError(_("This account is closed already."))
    if is_last_administrator(user):
        raise ServiceError(LAST_ADMINISTRATOR)


@transaction.atomic
@giving_keys()
def close_account(*, actor: Actor, user: User, reason: str, request: str) -> User:
    """End the access of a person at once; what he or she wrote stays. Raises ServiceError like ``check_open``."""
    require(actor, AccountAction.CARRY_OUT, user)
    user = lock_administrators(user)
    check_open(user)
    user.is_active, user.status = False, AccountStatus.ENDED
    user.save(update_fields=["is_active", "status", "updated_at"])
    end_sessions_of(user)
    end_tokens_of(user, TokenEnd.ACCOUNT, actor=actor)
    end_links_of(user, actor=actor)
    _tell(user, "closed", _record(actor, "accounts.user.closed", user, reason, request))
    return user


def check_closed(user: User) -> None:
    """Raise ServiceError where the account is open."""
    if user.is_active:
        raise ServiceError(_("This account is open."))


@transaction.atomic
@giving_keys()
def reopen_account(*, actor: Actor, user: User, reason: str, request: str) -> User:
    """Give a person the access back; who had never begun is invited again. Raises ServiceError where it is open."""
    require(actor, AccountAction.CARRY_OUT, user)
    user = _lock(user)
    check_closed(user)
    user.is_active = True
    user.status = AccountStatus.ACTIVE if user.activated_at else AccountStatus.INVITED
    user.save(update_fields=["is_active", "status", "updated_at"])
    entry = _record(actor, "accounts.user.reopened", user, reason, request)
    if user.activated_at:
        _tell(user, "reopened", entry)
    else:
        owe_invitation(user, is_forced=True)
    return user


def check_role(user: User, role: str) -> None:
    """Raise ServiceError where the person has it, belongs to a State, or is the last administrator."""
    if role and user.affiliations.filter(ends_on=None).exists():
        raise ServiceError(_("This person belongs to a State, and so has no role in the secretariat."), field="role")
    if role == user.secretariat_role:
        raise ServiceError(_("This is the role that the person has."), field="role")
    if is_last_administrator(user):
        raise ServiceError(LAST_ADMINISTRATOR, field="role")


@transaction.atomic
@giving_keys()
def change_role(*, actor: Actor, user: User, role: str, reason: str, request: str) -> User:
    """Give, change or (with an empty ``role``) take away a role in the secretariat; sessions end.

    Raises ServiceError like ``check_role``: nobody of a State sits in the secretariat.
    """
    require(actor, AccountAction.CARRY_OUT, user)
    user = lock_administrators(user)
    check_role(user, role)
    former, user.secretariat_role = user.secretariat_role, SecretariatRole(role) if role else ""
    user.save(update_fields=["secretariat_role", "updated_at"])
    end_sessions_of(user)
    end_tokens_of(user, TokenEnd.ACCOUNT, actor=actor)
    changes = {"before": {"role": former}, "after": {"role": role}}
    _record(actor, "accounts.user.role_changed", user, reason, request, **changes)
    return user


def _lock(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _record(actor: Actor, verb: str, user: User, reason: str, request: str, **facts: Any) -> AuditEntry:
    after = {**facts.pop("after", {}), "request": request}
    return audit.record(actor, verb, user, after=after, reason=reason, **facts)


def _tell(user: User, what: str, entry: AuditEntry, *, address: str = "") -> None:
    """Mail the person; ``address`` where it goes to another address than the account's."""
    key = f"account-{what}:{entry.pk}:{bool(address)}"
    notifications.queue(user, "accounts/changed", {"what": what}, key=key, other_address=address)
