"""Who is away, and who could stand in."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.people.models import User
from reviews.absences.models import Absence
from reviews.cases.models import Participation


def possible_deputies(user: User) -> QuerySet[User]:
    """Those who take part for a State of ``user`` in some review of his or hers; for officers, the other officers."""
    if user.is_secretariat:
        roles = ["officer", "administrator"]
        return User.objects.filter(secretariat_role__in=roles, is_active=True).exclude(pk=user.pk).order_by("full_name")
    own = Participation.objects.filter(user=user, ended_at=None)
    shared = Q(
        participations__ended_at=None,
        participations__state_party__in=own.values("state_party"),
        participations__review__in=own.values("review"),
        participations__role__in=["focal_point", "governmental_expert"],
    )
    return User.objects.filter(shared, is_active=True).exclude(pk=user.pk).distinct().order_by("full_name")


def absences_of(user: User, today: dt.date) -> QuerySet[Absence]:
    """Those that have not ended."""
    return Absence.objects.filter(user=user, ends_on__gte=today).select_related("deputy").order_by("starts_on")


def absent_now(users: list[User], today: dt.date) -> dict[UUID, Absence]:
    """Who of these people is away today, by key."""
    rows = Absence.objects.filter(user__in=users, starts_on__lte=today, ends_on__gte=today).select_related("deputy")
    return {row.user_id: row for row in rows.order_by("-ends_on")}
