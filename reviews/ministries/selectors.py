"""Which ministries there are in a review, and who is of them; for their own State."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.ministries.models import Ministry
from reviews.participation import participants_of


def ministries_of(review: Review) -> QuerySet[Ministry]:
    """By name, without spellings that were joined into others; the caller has asked the policy for the whole draft."""
    rows = Ministry.objects.filter(review=review, room=review.state_under_review_id, joined_into=None)
    return rows.order_by("name", "pk")


def get_ministry(review: Review, key: UUID) -> Ministry:
    """Raises Http404 for one of another review, and for one that was joined into another."""
    ministry = ministries_of(review).filter(pk=key).first()
    if ministry is None:
        raise Http404
    return ministry


def people_of(ministry: Ministry) -> QuerySet[Participation]:
    """Who of it takes part now."""
    people = participants_of(ministry.review).filter(role=ParticipationRole.NATIONAL_CONTRIBUTOR)
    return people.filter(membership__ministry=ministry)


def ministry_of(participation: UUID | None) -> UUID | None:
    """The key of the ministry of a contributor, if he or she is of one."""
    return Ministry.objects.filter(members__participation=participation).values_list("pk", flat=True).first()
