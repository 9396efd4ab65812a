"""Guardian's door: object permissions on reviews, derived from participations; the only user of its shortcuts."""

from typing import Any

from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import User
from reviews.enums import ParticipationRole, Side
from reviews.models import Participation, Review, ReviewUserGrant
from reviews.permissions import ROLE_GRANTS


def wanted_grants(review: Review) -> set[tuple[Any, str]]:
    """(user key, codename) for everything that the active participations of a review give."""
    active = Participation.objects.filter(review=review, ended_at=None).values_list("user_id", "side", "role")
    return {
        (user_id, grant.value)
        for user_id, side, role in active
        for grant in ROLE_GRANTS[Side(side), ParticipationRole(role)]
    }


def present_grants(review: Review) -> set[tuple[Any, str]]:
    return set(ReviewUserGrant.objects.filter(content_object=review).values_list("user_id", "permission__codename"))


def drift(review: Review) -> set[tuple[Any, str]]:
    """Grants that are missing or too many; empty when all is well."""
    return wanted_grants(review) ^ present_grants(review)


def sync_grants(review: Review) -> int:
    """Make the grants of a review fit its participations; give how many were changed."""
    wanted, present = wanted_grants(review), present_grants(review)
    users = User.objects.in_bulk({user_id for user_id, _codename in wanted ^ present})
    for user_id, codename in present - wanted:
        remove_perm(codename, users[user_id], review)
    for user_id, codename in wanted - present:
        assign_perm(codename, users[user_id], review)
    return len(wanted ^ present)
