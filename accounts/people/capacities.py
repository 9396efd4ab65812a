"""What a member of the secretariat is there: the last of its administrators."""

from django.db.models import Q

from accounts.people.enums import AccountStatus, SecretariatRole
from accounts.people.models import User


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
