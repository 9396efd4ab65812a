"""One reply, for the acts on it."""

from accounts.people.models import User
from dialogue.exchange import get_feedback_for
from dialogue.exchange.models import FeedbackReply
from reviews.cases.models import Review
from reviews.drafts import get_piece


def get_reply_for(user: User, review: Review, iso3: str) -> FeedbackReply:
    """That to the feedback of one State; the caller asks the policy. Raises Http404 for a draft of another State."""
    feedback = get_feedback_for(user, review, iso3)
    reply = get_piece(FeedbackReply.objects.select_related("opened_by"), user, review, feedback=feedback)
    reply.review, reply.feedback = review, feedback
    return reply
