"""Staff sessions, and what was done under each."""

from django.db.models import QuerySet

from accounts.people.models import StaffSession, User
from accounts.states.models import StateParty
from core.models import AuditEntry


def staff_session_key(user: User) -> str:
    """Where the cache keeps what every page shows of an open staff session."""
    return f"staff-session:{user.pk}"


def staff_sessions_of_state(state: StateParty) -> QuerySet[StaffSession]:
    return StaffSession.objects.filter(state_party=state).select_related("user").order_by("-started_at")


def staff_sessions_of(user: User) -> QuerySet[StaffSession]:
    """A person's own, the latest first."""
    return StaffSession.objects.filter(user=user).select_related("user", "state_party").order_by("-started_at")


def acts_within(sessions: list[StaffSession]) -> dict[str, list[AuditEntry]]:
    """What was done under each of these sessions, by its key: the entries that carry it, without its own two."""
    keys = [str(session.pk) for session in sessions]
    people = {session.user_id for session in sessions}
    entries = AuditEntry.objects.filter(actor__in=people, after__staff_session__in=keys)
    found: dict[str, list[AuditEntry]] = {key: [] for key in keys}
    for entry in entries.exclude(verb__startswith="accounts.staff_session.").order_by("id"):
        found[(entry.after or {})["staff_session"]].append(entry)
    return found
