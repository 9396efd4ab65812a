"""News that another app brings to a review."""

from reviews.enums import Side
from reviews.models import Review
from reviews.notifications import notify_answers_sent
from reviews.selectors.participation import focal_points_of
from reviews.services.feedback import open_feedback
from reviews.services.observations import open_lists


def receive_answers(review: Review) -> None:
    """The answers have been sent: open the feedback and the lists of observations, and tell the focal points."""
    open_feedback(review)
    open_lists(review)
    for focal_point in focal_points_of(review, Side.REVIEWING):
        notify_answers_sent(focal_point, review)
