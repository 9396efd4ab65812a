"""What a row of a list of reviews shows, and all that is shown of one, in a constant number of queries."""

from django.db.models import Prefetch, QuerySet

from reviews.cases.models import Review, ReviewingState
from reviews.due import timeline_of, with_next_act
from reviews.visibility import reviewing_states_of


def for_list(reviews: QuerySet[Review], *, with_later: bool = False) -> QuerySet[Review]:
    """Everything that a row of a list shows, in a constant number of queries; ``with_later``: see ``with_next_act``."""
    return (
        with_next_act(reviews, with_later=with_later)
        .select_related("mechanism", "phase", "state_under_review", "step")
        .prefetch_related(Prefetch("reviewing_states", ReviewingState.objects.select_related("state_party")))
    )


def for_detail(review: Review) -> Review:
    """The same review with everything that its page and the API show, in a constant number of queries."""
    return (
        with_next_act(Review.objects.filter(pk=review.pk), with_later=True)
        .select_related("mechanism", "phase__cluster", "state_under_review", "step", "review_group", "officer")
        .prefetch_related(
            "instruments",
            Prefetch("reviewing_states", reviewing_states_of(review)),
            Prefetch("milestones", timeline_of(review)),
        )
        .get()
    )
