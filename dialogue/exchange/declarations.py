"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from core import audit, policy as table
from dialogue.exchange import policy
from dialogue.exchange.models import (
    ClarificationAnswer,
    ClarificationRequest,
    FeedbackReply,
    SupplementaryInformation,
    WrittenFeedback,
)
from dialogue.exchange.selectors import feedback_sent_by, unsent_comments, unsent_requests
from reviews.capacities import place_of_piece
from reviews.drafts import register_drafts
from reviews.due import register_shares


def declare() -> None:
    table.register(policy.PERMISSIONS, policy.facts_of)
    for model in (
        ClarificationAnswer,
        ClarificationRequest,
        FeedbackReply,
        SupplementaryInformation,
        WrittenFeedback,
    ):
        audit.register(model, place_of_piece)
    register_shares(feedback_sent_by)
    register_drafts(unsent_comments)
    register_drafts(unsent_requests)
