"""Staff sessions: the rare powers of the secretariat, for a while and for a reason (docs/adr/0012)."""

from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import account_rule, forget_staff_session, open_staff_session
from accounts.people.enums import AccountAction, AccountRuleKey
from accounts.people.models import StaffSession, User
from accounts.staff_sessions.selectors import staff_session_key
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.language.word_counts import count_words
from core.policy import PolicyRefusedError, refused, require

FEWEST_WORDS = 3  # of a reason that a State can make something of


@transaction.atomic
def start_staff_session(*, actor: User, reason: str, state_party: StateParty | None) -> StaffSession:
    """Hold the rare powers until the rule's time is over. ``state_party``: whom it concerns, None for no single State.

    Raises ServiceError where the reason says too little, or another window has begun a session in the meantime.
    """
    require(actor, AccountAction.START_STAFF_SESSION)
    if count_words(reason) < FEWEST_WORDS:
        raise ServiceError(_("Say in a few words why: the State concerned reads it."), field="reason")
    User.objects.select_for_update().get(pk=actor.pk)  # one at a time
    now = timezone.now()
    running = StaffSession.objects.filter(user=actor, ended_at=None)
    running.filter(expires_at__lte=now).update(ended_at=models.F("expires_at"), updated_at=now)
    if running.exists():
        raise ServiceError(_("A staff session of yours is open already."))
    session = StaffSession.objects.create(
        user=actor,
        state_party=state_party,
        reason=reason,
        started_at=now,
        expires_at=now + account_rule(AccountRuleKey.STAFF_SESSION),
    )
    _audit(actor, "accounts.staff_session.started", session, reason)
    forget_staff_session(actor)
    transaction.on_commit(lambda: _show(session))
    return session


@transaction.atomic
def end_staff_session(*, actor: User) -> StaffSession:
    """Give the rare powers up before their time is over."""
    require(actor, AccountAction.END_STAFF_SESSION)
    session = StaffSession.objects.select_for_update().filter(user=actor, ended_at=None).get()
    session.ended_at = timezone.now()
    session.save(update_fields=["ended_at", "updated_at"])
    _audit(actor, "accounts.staff_session.ended", session)
    forget_staff_session(actor)
    transaction.on_commit(lambda: cache.delete(staff_session_key(actor)))
    return session


def session_facts(actor: Any) -> dict[str, str]:
    """What an audit entry says of the staff session under which something was done.

    Raises PolicyRefusedError where none is open any more (it ran out while the act was done).
    """
    session = open_staff_session(actor)
    if session is None:
        raise PolicyRefusedError(refused(_("Your staff session has run out. Nothing was changed.")))
    return {"staff_session": str(session.pk)}


def _show(session: StaffSession) -> None:
    """Let every page say that the session is open, without a query (``accounts.staff_sessions.context_processors``)."""
    seconds = int((session.expires_at - timezone.now()).total_seconds())
    facts = {"expires_at": session.expires_at.isoformat(), "reason": session.reason}
    cache.set(staff_session_key(session.user), facts, max(seconds, 1))


def _audit(actor: User, verb: str, session: StaffSession, reason: str = "") -> None:
    state = session.state_party.iso3 if session.state_party else None
    facts = {"staff_session": str(session.pk), "state": state, "expires_at": session.expires_at.isoformat()}
    audit.record(actor, verb, session, after=facts, reason=reason)
