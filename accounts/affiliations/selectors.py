"""To which States people belong."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.people.models import Affiliation, User


def affiliations_of(user: User) -> QuerySet[Affiliation]:
    """The States to which a person belongs now."""
    return user.affiliations.filter(ends_on=None).select_related("state_party").order_by("starts_on")


def open_affiliation() -> Q:
    """Affiliations of today. One that is ended is over at once, on the day itself too."""
    today = timezone.localdate()
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gt=today))
