"""News that another app brings to the people of a review."""

from reviews.enums import Side
from reviews.models import Review
from reviews.notifications import notify_answers_sent
from reviews.selectors.participation import focal_points_of


def announce_answers_sent(review: Review) -> None:
    """Tell the focal points of the reviewing States that the answers can be read."""
    for focal_point in focal_points_of(review, Side.REVIEWING):
        notify_answers_sent(focal_point, review)
