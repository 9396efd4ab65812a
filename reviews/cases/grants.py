"""Object permissions on reviews, in guardian's table: derived from participations, and written here alone."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.hats import ROLE_GRANTS
from reviews.cases.models import Participation, Review, ReviewUserGrant


def wanted_grants(review: Review) -> set[tuple[Any, str]]:
    """(user key, codename) for everything that the active participations of a review give."""
    active = Participation.objects.filter(review=review, ended_at=None).values_list("user_id", "side", "role")
    return {
        (user_id, grant.value)
        for user_id, side, role in active
        for grant in ROLE_GRANTS[Side(side), ParticipationRole(role)]
    }


def present_grants(review: Review) -> set[tuple[Any, str]]:
    return set(_present(review))


def drift(review: Review) -> set[tuple[Any, str]]:
    """Grants that are missing or too many; empty when all is well."""
    return wanted_grants(review) ^ present_grants(review)


def sync_grants(review: Review) -> int:
    """Make the grants of a review fit its participations; give how many were changed."""
    wanted, present = wanted_grants(review), _present(review)
    missing, too_many = wanted - present.keys(), present.keys() - wanted
    if too_many:
        ReviewUserGrant.objects.filter(pk__in=[present[grant] for grant in too_many]).delete()
    if missing:
        of_reviews = Permission.objects.filter(content_type=ContentType.objects.get_for_model(Review))
        keys = dict(of_reviews.values_list("codename", "pk"))
        ReviewUserGrant.objects.bulk_create(
            ReviewUserGrant(user_id=user_id, permission_id=keys[codename], content_object=review)
            for user_id, codename in missing
        )
    return len(missing) + len(too_many)


def _present(review: Review) -> dict[tuple[Any, str], Any]:
    """The grants of a review, with the key of the row of each."""
    rows = ReviewUserGrant.objects.filter(content_object=review).values_list("user_id", "permission__codename", "pk")
    return {(user_id, codename): key for user_id, codename, key in rows}
