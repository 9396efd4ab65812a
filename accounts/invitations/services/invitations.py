"""Invitations and forgotten passwords: links by mail, each valid once and for as long as its rule says."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.invitations.links import LinkKind, LinkStatus, status_of_link
from accounts.invitations.selectors import INVITATION
from accounts.people import Actor, register_user
from accounts.people.enums import AccountAction, AccountStatus
from accounts.people.models import LinkRequest, User
from accounts.profile import ProfileInput, update_profile
from accounts.terms import accept_terms
from accounts.tokens import end_tokens_of
from accounts.tokens.enums import TokenEnd
from core import audit
from core.database.identity import giving_keys, identified_as
from core.errors import ServiceError
from core.mail import notifications
from core.models import Notification
from core.policy import require

# At most one mail to the same person in this time, whoever asks for it and however often.
BETWEEN_MAILS = dt.timedelta(minutes=10)
_PASSWORD_RESET = "accounts/password_reset"  # noqa: S105 - the template of a mail


@transaction.atomic
@giving_keys()
def invite(actor: Actor, user: User) -> None:
    """Send a new person the link with which he or she begins; until then the account is "invited".

    Nobody can sign in to it meanwhile. Raises ServiceError for somebody who has begun already.
    """
    require(actor, AccountAction.REGISTER_USER)
    if user.activated_at:
        raise ServiceError(_("%(person)s has an account already.") % {"person": user})
    user.status = AccountStatus.INVITED
    user.set_unusable_password()
    user.save(update_fields=["status", "password", "updated_at"])
    if owe_invitation(user):
        audit.record(actor, "accounts.user.invited", user)


@transaction.atomic
def find_or_invite(*, actor: Actor, email: str, full_name: str, language: str, **profile: str) -> User:
    """Give the person with this address; one who is new here is registered, and invited to open the account.

    ``profile`` is that of ``register_user``: what an existing person's says is left as it is.
    """
    user, is_new = register_user(actor=actor, email=email, full_name=full_name, language=language, **profile)
    if is_new:
        invite(actor, user)
    return user


@transaction.atomic
def invite_again(*, actor: Actor, user: User) -> None:
    """Send an invited person another link. Raises ServiceError where nobody waits, or one has just left."""
    require(actor, AccountAction.INVITE_AGAIN)
    if not _waits(User.objects.select_for_update().get(pk=user.pk)):
        raise ServiceError(_("%(person)s does not wait for an activation link.") % {"person": user})
    with giving_keys():  # by which alone a page has a link sent to another person
        is_owed = owe_invitation(user)
    if not is_owed:
        raise ServiceError(_("A link was sent less than ten minutes ago. Please wait a little."))
    audit.record(actor, "accounts.user.invited", user)


@contextmanager
def _as_holder(user_id: str) -> Iterator[User | None]:
    """Act as the person whose link it is, who is locked: found at the door, all else is done as that person."""
    found = User.objects.filter(pk=user_id, is_active=True).first()
    if found is None:
        yield None
        return
    with identified_as(found), transaction.atomic():
        yield User.objects.select_for_update().get(pk=found.pk)


def renew_invitation(user_id: str) -> None:
    """Send another link to whoever holds one that has run out. The caller says the same whatever comes of it."""
    with _as_holder(user_id) as user:
        if user is not None and _waits(user) and owe_invitation(user):
            audit.record(user, "accounts.user.invitation_renewed", user)


def owe_invitation(user: User, *, is_forced: bool = False) -> bool:
    """Owe the mail with the activation link; False where one left within ``BETWEEN_MAILS`` (unless forced)."""
    return _owe(user, INVITATION, is_forced=is_forced)


def activate(*, user_id: str, state: str, password: str, terms_number: int, given: ProfileInput) -> User:
    """Open an invited account for the person who followed the link: password, profile, terms, all or nothing.

    ``state`` is what the link was bound to (``links.state_of``). Raises ServiceError where it was used in the
    meantime, where the password is too weak, or where newer terms have become valid.
    """
    with _as_holder(user_id) as user:
        if user is None or not _waits(user) or status_of_link(LinkKind.ACTIVATION, user_id, state) != LinkStatus.GOOD:
            raise ServiceError(_("This link has been used in the meantime."))
        try:
            password_validation.validate_password(password, user)
        except ValidationError as error:
            raise ServiceError(" ".join(error.messages), field="password") from error
        user.set_password(password)
        user.status, user.activated_at = AccountStatus.ACTIVE, timezone.now()
        user.save(update_fields=["password", "status", "activated_at", "updated_at"])
        update_profile(actor=user, given=given)
        accept_terms(actor=user, number=terms_number)
        audit.record(user, "accounts.user.activated", user)
        return user


def request_password_reset(email: str) -> None:
    """Have the link sent where there is such an account; the caller says the same in either case.

    All the work is left to a worker, whether there is an account or not: how long the answer takes tells nothing.
    """
    from accounts.invitations.tasks import owe_password_links_task

    LinkRequest.objects.create(email=email)
    # Robust: where the queue cannot be reached, or loses it, the next minute finds the row.
    transaction.on_commit(owe_password_links_task.delay, robust=True)


def owe_password_links() -> int:
    """Owe the mail that each request asks for, and forget the request; give how many there were."""
    count = 0
    while _owe_oldest_link():
        count += 1
    return count


@transaction.atomic
def _owe_oldest_link() -> bool:
    request = LinkRequest.objects.select_for_update(skip_locked=True).first()
    if request is not None:
        owe_password_link(request.email)
        request.delete()
    return request is not None


@transaction.atomic
def owe_password_link(email: str) -> None:
    """Owe the mail with the link where there is such an account; for who has not begun yet, the activation link."""
    found = User.objects.select_for_update().filter(email__iexact=email.strip(), is_active=True)
    if (user := found.first()) is not None:
        _owe(user, INVITATION if _waits(user) else _PASSWORD_RESET)


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Set a validated password for the person who proved who he or she is (by the link, or by the old password).

    Access tokens end: whoever knew the old one may have made some.
    """
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    audit.record(user, "accounts.user.password_set", user)
    end_tokens_of(user, TokenEnd.PASSPHRASE)


def set_password_by_link(*, user_id: str, state: str, password: str) -> User:
    """The same by the link of a forgotten password. Raises ServiceError where it was used in the meantime."""
    with _as_holder(user_id) as user:
        is_open = user is not None and user.status == AccountStatus.ACTIVE
        if user is None or not is_open or status_of_link(LinkKind.PASSWORD, user_id, state) != LinkStatus.GOOD:
            raise ServiceError(_("This link has been used in the meantime."))
        set_password(user, password)
        return user


def _waits(user: User) -> bool:
    return user.status == AccountStatus.INVITED and user.is_active and not user.activated_at


def _owe(user: User, template: str, *, is_forced: bool = False) -> bool:
    """The caller holds the lock on the person, so that two requests at once owe one mail."""
    now = timezone.now()
    recent = Notification.objects.filter(recipient=user, template=template, created_at__gt=now - BETWEEN_MAILS)
    if recent.exists() and not is_forced:
        return False
    notifications.queue(user, template, {}, key=f"{template.rpartition('/')[2]}:{user.pk}:{now.timestamp()}")
    return True
