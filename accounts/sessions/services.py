"""Sessions: how long they last, who holds which, and ending them."""

import datetime as dt
import time
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.factors import has_second_factor, second_factor_due
from accounts.people import account_rule
from accounts.people.enums import AccountAction, AccountRuleKey
from accounts.people.models import User
from core import audit
from core.policy import require

# What the session itself keeps, so that a page asks no rule and no table: begun, seen, ends (seconds since 1970), and
# until when the person may go on without a second factor (none where there is one).
_KEY = "limits"
_ELSEWHERE = "single_sign_on"  # the type of one that a trusted identity provider has asked for
_BY_FACTOR = "mfa"  # allauth's name for a passkey, a code of an app or a recovery code that was shown
_NO_ADDRESS = "::"  # of a session that no browser began, as a command's
BETWEEN_NOTES = 60  # seconds; more often than that nobody needs to know when somebody was last seen


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One row of the list of sessions."""

    row: UserSession
    is_current: bool


def begin(request: HttpRequest, user: User) -> None:
    """Start the clocks of a session that has just been signed in, and list it; that counts as a recent sign-in.

    Allauth lists only those that begin on its own pages; one that is not listed could not be ended from afar. Who was
    signed in by an identity provider has proven it when that says so (``request.proven_at``), which may be long ago.
    """
    _note(request, user, begun=time.time())
    if request.session.session_key is None:
        request.session.create()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": user, "ip": request.META.get("REMOTE_ADDR", _NO_ADDRESS), "user_agent": _agent(request)},
    )
    proven_at = getattr(request, "proven_at", None)
    record_authentication(request, user, method="sign_in", reauthenticated=True, at=proven_at)


def is_over(request: HttpRequest) -> bool:
    limits = request.session.get(_KEY)
    return limits is not None and time.time() >= limits["ends"]


def keep_on(request: HttpRequest) -> None:
    """Note that somebody is at work, at most once a minute. The rules may have changed meanwhile."""
    limits, now = request.session.get(_KEY), time.time()
    user: Any = request.user
    if limits is None:
        _note(request, user, begun=now)
    elif now - limits["seen"] >= BETWEEN_NOTES:
        _note(request, user, begun=limits["begun"])
        UserSession.objects.filter(session_key=request.session.session_key).update(
            last_seen_at=timezone.now(), ip=request.META["REMOTE_ADDR"], user_agent=_agent(request)
        )


def note_factors(request: HttpRequest) -> None:
    """Look once more whether the person has a second factor."""
    user: Any = request.user
    _note(request, user, begun=request.session.get(_KEY, {}).get("begun", time.time()))


def second_factor_due_in(request: HttpRequest) -> dt.datetime | None:
    """Until when the person of this session may go on without a second factor; None where there is one."""
    due = request.session.get(_KEY, {}).get("factor_due")
    return None if due is None else dt.datetime.fromtimestamp(due, dt.UTC)


def is_due_by_role(request: HttpRequest) -> bool:
    """Whether the person's role has a rule of its own for that."""
    return bool(request.session.get(_KEY, {}).get("is_due_by_role"))


def _note(request: HttpRequest, user: User, *, begun: float) -> None:
    now = time.time()
    idle = account_rule(AccountRuleKey.IDLE_SESSION).total_seconds()
    longest = account_rule(AccountRuleKey.LONGEST_SESSION).total_seconds()
    has_factor = has_second_factor(user) or has_shown_factor_elsewhere(request, user)
    due, is_by_role = (None, False) if has_factor else second_factor_due(user)
    request.session[_KEY] = {
        "begun": begun,
        "seen": now,
        "ends": min(now + idle, begun + longest),
        "factor_due": due and due.timestamp(),
        "is_due_by_role": is_by_role,
    }


def note_proof_of_factor(request: HttpRequest, kind: str) -> None:
    """Count a second factor that has just been set up as shown: it was, to set it up."""
    user: Any = request.user
    record_authentication(request, user, method=_BY_FACTOR, type=kind)


def signed_in_recently(request: HttpRequest) -> bool:
    """Whether the last proof of who the person is is as recent as the rule asks.

    Where there is a second factor only that is a proof (a passkey, a code): a passphrase alone can be stolen.
    """
    user: Any = request.user
    if not user.is_authenticated:
        return False
    records = get_authentication_records(request, user)
    if has_second_factor(user) or has_shown_factor_elsewhere(request, user):
        proofs = [each["at"] for each in records if each["method"] == _BY_FACTOR]
    else:
        proofs = [each["at"] for each in records if each.get("reauthenticated")]
    recent = account_rule(AccountRuleKey.RECENT_SIGN_IN).total_seconds()
    return bool(proofs) and time.time() - proofs[-1] < recent


def has_shown_factor_elsewhere(request: HttpRequest, user: User) -> bool:
    """Whether a trusted identity provider has asked the person for a second factor in this session."""
    records = get_authentication_records(request, user)
    return any((each["method"], each.get("type")) == (_BY_FACTOR, _ELSEWHERE) for each in records)


def open_sessions(request: HttpRequest) -> list[OpenSession]:
    """The person's sessions that still work, this one first, then as they were last seen. Forgets the others."""
    user: Any = request.user
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at"))
    gone = [row.pk for row in rows if not _works(row, user)]
    if gone:
        UserSession.objects.filter(pk__in=gone).delete()
    here = request.session.session_key
    found = [OpenSession(row, row.session_key == here) for row in rows if row.pk not in gone]
    return sorted(found, key=lambda each: not each.is_current)


@transaction.atomic
def end_session(*, actor: User, session: int, current_key: str | None) -> None:
    """End one of one's own sessions at once. Raises Http404 for anybody else's, and for the one in use."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    row = UserSession.objects.filter(user=actor, pk=session).exclude(session_key=current_key).first()
    if row is None:
        raise Http404
    row.end()
    audit.record(actor, "accounts.session.ended", actor)


@transaction.atomic
def end_other_sessions(*, actor: User, current_key: str | None) -> int:
    """End all sessions of one's own but the one in use (all with ``None``); give how many there were."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    number = end_sessions_of(actor, but=current_key)
    if number:
        audit.record(actor, "accounts.session.others_ended", actor, after={"sessions": number})
    return number


def end_sessions_of(user: User, *, but: str | None = None) -> int:
    """End all sessions of a person, but one where its key is given; give how many. The caller asks the policy."""
    rows = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for row in rows:
        row.end()
    return len(rows)


@transaction.atomic
def keep_only_this_session(request: HttpRequest, user: User) -> None:
    """After a new passphrase: this session goes on under a new key, all others end."""
    old_key = request.session.session_key
    update_session_auth_hash(request, user)
    UserSession.objects.filter(session_key=old_key).update(session_key=request.session.session_key)
    end_other_sessions(actor=user, current_key=request.session.session_key)


def _works(row: UserSession, user: User) -> bool:
    """Whether a request with this session would still be that person's: kept, within its limits, same passphrase."""
    content = import_module(settings.SESSION_ENGINE).SessionStore(row.session_key).load()
    in_time = time.time() < content.get(_KEY, {}).get("ends", 0)
    return in_time and constant_time_compare(content.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())


def _agent(request: HttpRequest) -> str:
    longest = UserSession._meta.get_field("user_agent").max_length
    return request.headers.get("User-Agent", "")[:longest]
