"""Second factors: what is noted and told when one comes or goes, and the help for who has lost it."""

import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.people import Actor
from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.sessions import end_sessions_of
from accounts.tokens import end_tokens_of
from accounts.tokens.enums import TokenEnd
from core import audit
from core.mail import notifications
from core.policy import require


@transaction.atomic
def note_factor_added(*, actor: User, kind: str, circumstances: dict[str, Any]) -> None:
    """Record a second factor that has just been set up, and tell its owner by mail."""
    _note(actor, "added", kind, circumstances)


@transaction.atomic
def note_factor_removed(*, actor: User, kind: str, circumstances: dict[str, Any]) -> None:
    _note(actor, "removed", kind, circumstances)


@transaction.atomic
def rename_passkey(*, actor: User, passkey: Authenticator, name: str) -> None:
    """Give a passkey of one's own another name (see ``RenamePasskeyForm``); the record does not keep the names.

    Raises PermissionDenied for the passkey of somebody else, which no page finds.
    """
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    locked = Authenticator.objects.select_for_update().get(pk=passkey.pk)
    if locked.user_id != actor.pk or locked.type != Authenticator.Type.WEBAUTHN:
        raise PermissionDenied
    wrapped = locked.wrap()
    if wrapped.name == name:
        return
    wrapped.name = name
    locked.save(update_fields=["data"])
    audit.record(actor, "accounts.user.passkey_renamed", actor)


@transaction.atomic
def note_codes_made(*, actor: User, circumstances: dict[str, Any]) -> None:
    """Record new recovery codes; those before them no longer work."""
    _note(actor, "added", Authenticator.Type.RECOVERY_CODES, circumstances)


@transaction.atomic
def reset_second_factor(*, actor: Actor, user: User, reason: str, request: str) -> None:
    """Take all second factors and recovery codes from a person who has lost them, and end all of his or her sessions.

    At the next sign-in the person is led to set one up. Called by the one door alone, as
    ``accounts.lifecycle.services.accounts`` says.
    """
    require(actor, AccountAction.CARRY_OUT, user)
    owner = User.objects.select_for_update().get(pk=user.pk)
    kinds = sorted(Authenticator.objects.filter(user=owner).values_list("type", flat=True))
    Authenticator.objects.filter(user=owner).delete()
    end_sessions_of(owner)
    end_tokens_of(owner, TokenEnd.FACTOR, actor=actor)
    audit.record(
        actor,
        "accounts.user.second_factor_reset",
        owner,
        before={"factors": kinds},
        after={"request": request},
        reason=reason,
    )
    notifications.queue(owner, "accounts/factor_reset", {}, key=f"factor-reset:{uuid.uuid4()}")


def _note(actor: User, what: str, kind: str, circumstances: dict[str, Any]) -> None:
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    audit.record(actor, f"accounts.user.factor_{what}", actor, after={"kind": str(kind)})
    context = {**circumstances, "kind": str(kind)}
    notifications.queue(actor, f"accounts/factor_{what}", context, key=f"factor-{what}:{uuid.uuid4()}")
