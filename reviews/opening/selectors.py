"""Reviews that may be withdrawn."""

from django.db.models import Exists, OuterRef, QuerySet

from reviews.cases.models import Participation, Review, ReviewMilestone, StepChange


def untouched(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Those in which nothing has happened since they were opened, and nobody was ever registered.

    Where something was proposed for the consultations, something has happened.
    """
    has_moved = StepChange.objects.filter(review=OuterRef("pk"), from_step__isnull=False)
    reached = ReviewMilestone.objects.filter(review=OuterRef("pk"), reached_on__isnull=False)
    registered = Participation.objects.filter(review=OuterRef("pk"))
    proposed = Review.objects.filter(pk=OuterRef("pk"), proposals__isnull=False)
    return reviews.exclude(Exists(has_moved) | Exists(reached) | Exists(registered) | Exists(proposed))
