"""What a member of the secretariat is there: the first one of all, or the last of its administrators."""

from django.db.models import Q

from accounts.people.enums import AccountStatus, SecretariatRole
from accounts.people.models import Affiliation, User
from core.models import AuditEntry


def is_in_first_hour(user: User) -> bool:
    """Whether this member of the secretariat is the only person who has ever begun, and no State has anybody here.

    It ends for good. Nothing is asked that can be taken back: when an account is closed, or loses its role, it stays
    written that its person had begun; nor does anybody who has belonged to a State ever have belonged to none. The
    record of acts, out of which nobody takes anything, is asked besides.
    """
    if not user.secretariat_role:
        return False
    others = User.objects.exclude(pk=user.pk)
    return not (
        others.filter(Q(activated_at__isnull=False) | Q(secretariat_role="")).exists()
        or Affiliation.objects.exists()
        or AuditEntry.objects.filter(verb="accounts.user.activated").exclude(actor=user).exists()
    )


def is_last_administrator(user: User) -> bool:
    """Whether no other administrator could sign in if this one could not.

    Whoever takes an administrator away asks under ``lock_administrators``.
    """
    role, active = SecretariatRole.ADMINISTRATOR, AccountStatus.ACTIVE
    if user.secretariat_role != role or not user.is_active or user.status != active:
        return False
    others = User.objects.filter(secretariat_role=role, is_active=True, status=active).exclude(pk=user.pk)
    return not others.exists()


def lock_administrators(user: User) -> User:
    """Hold the person and all administrators until the transaction ends, always in one order; the person as of now."""
    rows = User.objects.filter(Q(pk=user.pk) | Q(secretariat_role=SecretariatRole.ADMINISTRATOR))
    return next(each for each in rows.select_for_update().order_by("pk") if each.pk == user.pk)
