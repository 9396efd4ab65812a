"""Whom one may ask to read a State's feedback before it is sent."""

from accounts.people.models import User
from dialogue.exchange.models import WrittenFeedback
from reviews.participation import participants_of


def possible_readers(user: User, feedback: WrittenFeedback) -> list[User]:
    """All others who take part for the State of the feedback, focal point first."""
    rows = participants_of(feedback.review).filter(state_party=feedback.state_party_id).exclude(user=user)
    return list({row.user_id: row.user for row in rows}.values())
