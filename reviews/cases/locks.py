"""The order in which services lock: the review, then what hangs on it, the chain of the audit last.

Whoever has appended to the audit holds its chain until the transaction ends. A service that would want the review only
then could wait for one that holds the review and waits for the chain: both would stand still.
"""

from typing import Any, TypeVar

from django.db.models import Model

from reviews.cases.models import Review

T = TypeVar("T", bound=Model)


def lock_review(review: Review) -> None:
    """Hold the review until the transaction ends, and bring the given object up to date with what is stored.

    One act after the other moves a review, and each sees what the one before it has done. Rows that refer to the
    review can be added by others meanwhile.
    """
    # Without a join: a row that waited for the lock is read anew, and no longer fits the step that it was joined to.
    fresh = Review.objects.select_for_update(no_key=True)
    review.refresh_from_db(
        fields=["step", "working_languages", "plan_version", "reviewers_share_room", "feedback_is_joint"],
        from_queryset=fresh,
    )


def lock_with_review(row: T, *known: str) -> T:
    """``row`` as it is stored once its review is held too: of two who act at once, the second sees the first.

    It hangs on the caller's own review, and on what the caller has of its relations in ``known``, which do not change:
    a join costs more than the lock. The review is held because what is done to the row may move it on.
    """
    given: Any = row
    lock_review(given.review)
    fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
    for name in ("review", *known):
        setattr(fresh, name, getattr(row, name))
    return fresh
