import datetime as dt
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from accounts.people.enums import AccountAction
from accounts.staff_sessions.selectors import staff_session_key
from core.policy import can


def secretariat(request: HttpRequest) -> dict[str, Any]:
    """For people of the secretariat: the staff session that is open.

    Without an open session this asks the database nothing.
    """
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_secretariat:
        return {}
    session: dict[str, Any] | None = cache.get(staff_session_key(user))
    if session is not None:
        expires_at = dt.datetime.fromisoformat(session["expires_at"])
        seconds = (expires_at - timezone.now()).total_seconds()
        session = {**session, "expires_at": expires_at, "minutes": max(round(seconds / 60), 1)} if seconds > 0 else None
    return {
        "staff_session": session,
        # Without a session nobody has it; within one the policy, which asks the database, may be asked.
        "has_reference_data": session is not None and can(user, AccountAction.MAINTAIN_REFERENCE_DATA),
    }
