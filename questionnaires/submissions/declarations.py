"""What this feature declares to the features below: which reviews hold their course, as they are answered here."""

from questionnaires.submissions.selectors.submissions import reviews_answered_here
from reviews.steps import holds_course


def declare() -> None:
    holds_course(reviews_answered_here)
