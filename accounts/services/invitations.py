"""Invitations and forgotten passwords: a link by mail, valid once and for ``PASSWORD_RESET_TIMEOUT``."""

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.enums import AccountAction, AccountStatus
from accounts.models import User
from core import audit, notifications
from core.policy import Actor, require

# At most one mail to the same person in this time, however often the page is sent (seconds).
_BETWEEN_MAILS = 10 * 60


@transaction.atomic
def invite(actor: Actor, user: User) -> None:
    """Send a new person the link with which he or she sets a password; until then the account is "invited"."""
    require(actor, AccountAction.REGISTER_USER)
    user.status = AccountStatus.INVITED
    user.save(update_fields=["status", "updated_at"])
    notifications.queue(user, "accounts/invitation", {}, key=_key("invitation", user))
    audit.record(actor, "accounts.user.invited", user)


@transaction.atomic
def request_password_reset(email: str) -> None:
    """Send the link where there is such an account; the caller says the same in either case."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None:
        notifications.queue(user, "accounts/password_reset", {}, key=_key("password-reset", user))


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Set a validated password for the person who proved who he or she is (by the link, or by the old password)."""
    user.set_password(password)
    user.status = AccountStatus.ACTIVE
    user.save(update_fields=["password", "status", "updated_at"])
    audit.record(user, "accounts.user.password_set", user)


def set_password_arguments(user: User) -> tuple[str, str]:
    """Who and the token, as the address of the page takes them."""
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def _key(kind: str, user: User) -> str:
    return f"{kind}:{user.pk}:{int(timezone.now().timestamp()) // _BETWEEN_MAILS}"
