"""The mail that the answers have been sent. It names the review by its code and holds no content."""

from accounts.people.models import User
from core.mail import notifications
from reviews.cases import review_path
from reviews.cases.models import Review


def notify_answers_sent(user: User, review: Review, number: int) -> None:
    """Tell a focal point of a reviewing State that the answers can be read; once for each version that is sent."""
    context = {"code": review.code, "path": review_path(review, user)}
    notifications.queue(user, "reviews/answers_sent", context, key=f"answers-sent:{review.pk}:{number}:{user.pk}")
