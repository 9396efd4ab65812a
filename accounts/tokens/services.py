"""A token is made by its person, used, and ended: by the person, or with what it rested on."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.factors import has_second_factor
from accounts.people import Actor
from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.states.models import StateParty
from accounts.tokens.enums import NEEDS, TokenEnd, TokenScope
from accounts.tokens.models import ApiToken
from accounts.tokens.secrets import new_secret
from accounts.tokens.selectors import longest_days, states_acted_for, tokens_of
from core import audit
from core.errors import ServiceError
from core.mail import notifications
from core.policy import INVISIBLE, PolicyRefusedError, require

MOST = 20  # that are open at once


@dataclass(frozen=True, slots=True)
class TokenInput:
    """``state``: for which alone it acts; None for all for which its person acts."""

    name: str
    scopes: Sequence[str]
    days: int
    state: StateParty | None = None


class MadeToken(NamedTuple):
    """``secret`` is shown once and kept nowhere."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(*, actor: User, given: TokenInput, circumstances: dict[str, Any]) -> MadeToken:
    """Make a token, and tell its person by mail.

    Raises ServiceError where the person has no second factor, or another passphrase than when the request came; by the
    field for scopes that are none, for more days than the rule allows, and for a State for which the person does not
    act.
    """
    require(actor, AccountAction.MAKE_TOKEN, None)
    _lock(actor)
    scopes = _checked(actor, given)
    secret = new_secret()
    token = ApiToken.objects.create(
        user=actor,
        name=given.name,
        hint=secret.hint,
        sha256=secret.sha256,
        scopes=scopes,
        state_party=given.state,
        expires_at=timezone.now() + dt.timedelta(days=given.days),
    )
    state = given.state.iso3 if given.state else ""
    after = {"scopes": scopes, "state": state, "expires_at": token.expires_at.isoformat()}
    audit.record(actor, "accounts.token.made", token, after=after)
    notifications.queue(actor, "accounts/token_made", {**circumstances, "days": given.days}, key=f"token:{token.pk}")
    return MadeToken(token, secret.words)


def _lock(actor: User) -> None:
    """Two presses at once are counted one after the other. Raises ServiceError where what ends the tokens of the person
    has come first, and would not end this one.
    """
    owner = User.objects.select_for_update().get(pk=actor.pk)
    if not owner.is_active or owner.password != actor.password:
        raise ServiceError(_("Your session has ended. Sign in again to go on where you were."))


def _checked(actor: User, given: TokenInput) -> list[str]:
    if not has_second_factor(actor):
        raise ServiceError(_("Set up a second factor first."))
    if tokens_of(actor).count() >= MOST:
        raise ServiceError(_("You have as many tokens as one may have. End one first."))
    chosen = {scope for scope in TokenScope if scope in given.scopes}
    if not chosen or len(chosen) != len(set(given.scopes)):
        raise ServiceError(_("Choose what the token is for."), field="scopes")
    while missing := {NEEDS[scope] for scope in chosen if scope in NEEDS} - chosen:
        chosen |= missing
    if not 1 <= given.days <= (longest := longest_days()):
        raise ServiceError(_("Choose from 1 to %(days)s days.") % {"days": longest}, field="days")
    if given.state is not None and given.state not in states_acted_for(actor):
        raise ServiceError(_("You do not act for this State."), field="state")
    return [scope.value for scope in TokenScope if scope in chosen]


@transaction.atomic
def end_token(*, actor: User, token: ApiToken) -> None:
    """Make a token of one's own useless at once. Doing it twice changes nothing."""
    require(actor, AccountAction.VIEW_OWN_PROFILE, None)
    if token.user_id != actor.pk:
        raise PolicyRefusedError(INVISIBLE)
    _end(actor, ApiToken.objects.select_for_update(of=("self",)).filter(pk=token.pk), TokenEnd.PERSON)


@transaction.atomic
def end_tokens_of(user: User, because: TokenEnd, *, actor: Actor | None = None) -> int:
    """End all tokens of a person; give how many. ``actor``: by whose act, where it is another's. The caller asks the
    policy.
    """
    return _end(actor or user, ApiToken.objects.select_for_update(of=("self",)).filter(user=user), because)


@transaction.atomic
def end_tokens_without_a_place(user: User, *, actor: Actor) -> int:
    """After a participation has ended: end what was made for a State for which the person acts no more.

    Where he or she acts for none any more, and sits not in the secretariat, all of them end.
    """
    states = states_acted_for(user)
    tokens = ApiToken.objects.select_for_update(of=("self",)).filter(user=user)
    if states or user.secretariat_role:
        tokens = tokens.exclude(state_party=None).exclude(state_party__in=states)
    return _end(actor, tokens, TokenEnd.PARTICIPATION)


def _end(actor: Actor, tokens: Iterable[ApiToken], because: TokenEnd) -> int:
    """Those that are open: what has run out by itself is told of by nobody's mail."""
    number = 0
    for token in tokens:
        if token.ended_at is not None:
            continue
        token.ended_at = timezone.now()
        token.save(update_fields=["ended_at", "updated_at"])
        audit.record(actor, "accounts.token.ended", token, after={"because": because.value})
        if not token.has_run_out:
            context = {"because": because.value}
            notifications.queue(token.user, "accounts/token_ended", context, key=f"token-ended:{uuid.uuid4()}")
        number += 1
    return number


def note_use(token: ApiToken) -> None:
    """Keep the day on which the token was last used; at the door, where it was looked for."""
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
