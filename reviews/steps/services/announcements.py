"""News that a feature above brings to a review, and what begins with it."""

from collections.abc import Callable

from reviews.cases import tell
from reviews.cases.enums import News, Side
from reviews.cases.models import Review
from reviews.participation import focal_points_of
from reviews.steps.mails import notify_answers_sent

_OPENED_BY_ANSWERS: list[Callable[[Review], None]] = []


def opens_with_answers(opens: Callable[[Review], None]) -> None:
    """Register what begins with the answers of a review; called from declarations of a feature above."""
    _OPENED_BY_ANSWERS.append(opens)


def open_exchange(review: Review) -> None:
    """Open what begins with the answers of a review, and tell nobody; what is open already stays as it is."""
    for opens in _OPENED_BY_ANSWERS:
        opens(review)


def receive_answers(review: Review, *, number: int) -> None:
    """The answers have been sent, for the ``number``-th time: open what begins with them, and tell the focal points of
    the reviewing States.
    """
    open_exchange(review)
    for focal_point in focal_points_of(review, Side.REVIEWING):
        notify_answers_sent(focal_point, review, number)


def tell_of_recall(review: Review, *, number: int, is_later: bool = False) -> None:
    """Tell those who were told that answers have come that they were recalled. What was opened stays as it is.

    ``is_later``: another version stood before, and does so again.
    """
    people = focal_points_of(review, Side.REVIEWING)
    news = News.VERSION_RECALLED if is_later else News.ANSWERS_RECALLED
    tell(people, review, news, page="portal:review-detail", key=f"{review.pk}:{number}")


def tell_of_version(review: Review, *, number: int) -> None:
    """Tell the focal points of the reviewing States that a new version stands, once for each."""
    people = focal_points_of(review, Side.REVIEWING)
    tell(people, review, News.ANSWERS_REVISED, page="questionnaires:submission-changes", key=f"{review.pk}:{number}")
