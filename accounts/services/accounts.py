"""Rare acts on accounts, each within a staff session that covers the person (accounts.permissions)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AccountAction, AccountStatus, SecretariatRole
from accounts.models import User
from accounts.services.invitations import owe_invitation
from accounts.services.sessions import end_sessions_of
from accounts.services.staff_sessions import FEWEST_WORDS, session_facts
from core import audit, notifications
from core.errors import ServiceError
from core.policy import require
from core.words import count_words


@transaction.atomic
def change_address(*, actor: User, user: User, email: str, note_verbale: str) -> User:
    """Move an account to another e-mail address, on a note verbale; sessions end, and both addresses are told.

    An invited person gets the activation link at the new address instead. Raises ServiceError where the note verbale
    is not named, or the address is the same or taken.
    """
    require(actor, AccountAction.CHANGE_ADDRESS, user)
    user, email = _lock(user), email.strip().lower()
    if not note_verbale.strip():
        raise ServiceError(_("Name the note verbale that asks for it."), field="note_verbale")
    if email == user.email:
        raise ServiceError(_("This is the address that the account has."), field="email")
    if User.objects.filter(email__iexact=email).exists():
        raise ServiceError(_("There is an account with this address already."), field="email")
    former, user.email = user.email, email
    user.save(update_fields=["email", "updated_at"])
    end_sessions_of(user)
    entry = _record(actor, "accounts.user.address_changed", user, note_verbale)
    _tell(user, "address_changed", entry, address=former)
    if user.status == AccountStatus.INVITED:
        owe_invitation(user, is_forced=True)
    else:
        _tell(user, "address_changed", entry)
    return user


@transaction.atomic
def close_account(*, actor: User, user: User, reason: str) -> User:
    """End the access of a person at once; what he or she wrote stays. Raises ServiceError where it is closed."""
    require(actor, AccountAction.CLOSE_ACCOUNT, user)
    user = _lock(user)
    _check_reason(reason)
    if not user.is_active:
        raise ServiceError(_("This account is closed already."))
    user.is_active, user.status = False, AccountStatus.ENDED
    user.save(update_fields=["is_active", "status", "updated_at"])
    end_sessions_of(user)
    _tell(user, "closed", _record(actor, "accounts.user.closed", user, reason))
    return user


@transaction.atomic
def reopen_account(*, actor: User, user: User, reason: str) -> User:
    """Give a person the access back; who had never begun is invited again. Raises ServiceError where it is open."""
    require(actor, AccountAction.REOPEN_ACCOUNT, user)
    user = _lock(user)
    _check_reason(reason)
    if user.is_active:
        raise ServiceError(_("This account is open."))
    user.is_active = True
    user.status = AccountStatus.ACTIVE if user.activated_at else AccountStatus.INVITED
    user.save(update_fields=["is_active", "status", "updated_at"])
    entry = _record(actor, "accounts.user.reopened", user, reason)
    if user.activated_at:
        _tell(user, "reopened", entry)
    else:
        owe_invitation(user, is_forced=True)
    return user


@transaction.atomic
def change_role(*, actor: User, user: User, role: str, reason: str) -> User:
    """Give, change or (with an empty ``role``) take away a role in the secretariat; sessions end.

    Raises ServiceError where the person belongs to a State: nobody of a State sits in the secretariat.
    """
    require(actor, AccountAction.CHANGE_ROLE, user)
    user = _lock(user)
    _check_reason(reason)
    if role and user.affiliations.filter(ends_on=None).exists():
        raise ServiceError(_("This person belongs to a State, and so has no role in the secretariat."), field="role")
    if role == user.secretariat_role:
        raise ServiceError(_("This is the role that the person has."), field="role")
    former, user.secretariat_role = user.secretariat_role, SecretariatRole(role) if role else ""
    user.save(update_fields=["secretariat_role", "updated_at"])
    end_sessions_of(user)
    _record(actor, "accounts.user.role_changed", user, reason, before={"role": former}, after={"role": role})
    return user


def _lock(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _check_reason(reason: str) -> None:
    if count_words(reason) < FEWEST_WORDS:
        raise ServiceError(_("Say in a few words why: the State concerned reads it."), field="reason")


def _record(actor: User, verb: str, user: User, reason: str, **facts: Any) -> audit.AuditEntry:
    after = {**facts.pop("after", {}), **session_facts(actor)}
    return audit.record(actor, verb, user, after=after, reason=reason.strip(), **facts)


def _tell(user: User, what: str, entry: audit.AuditEntry, *, address: str = "") -> None:
    """Mail the person; ``address`` where it goes to another address than the account's."""
    key = f"account-{what}:{entry.pk}:{bool(address)}"
    notifications.queue(user, "accounts/changed", {"what": what}, key=key, other_address=address)
