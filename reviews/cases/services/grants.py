"""Bringing the grants of all reviews in line with the participations, for operators."""

from django.db import transaction

from core import audit
from core.policy import SystemActor
from reviews.cases.grants import drift, sync_grants
from reviews.cases.models import Review

ACTOR = SystemActor("sync_grants")


def drifting_reviews() -> list[tuple[Review, int]]:
    """Reviews whose grants do not fit their participations, each with how many are missing or too many."""
    counts = ((review, len(drift(review))) for review in Review.objects.order_by("code").iterator(chunk_size=200))
    return [(review, number) for review, number in counts if number]


@transaction.atomic
def mend_grants(review: Review) -> int:
    """Make the grants of one review fit; give how many were changed. A change is audited."""
    locked = Review.objects.select_for_update().get(pk=review.pk)
    changed = sync_grants(locked)
    if changed:
        audit.record(ACTOR, "reviews.grants.mended", locked, after={"changed": changed})
    return changed
