"""Where the exchange between the States stands, for the review's own page: steps reached, never quality."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from accounts.people.models import User
from core.policy import can
from dialogue.exchange import clarifications_visible_to, feedback_states
from dialogue.exchange.enums import ClarificationStatus
from observations.observations import count_on_table
from observations.texts import texts_visible_to
from observations.texts.enums import TextKind, TextStatus
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.meetings import meetings_of
from reviews.visibility import has_begun


@dataclass(frozen=True, slots=True)
class ExchangeBox:
    """Counts of what the reader may read."""

    feedback_sent: int
    feedback_expected: int
    clarifications_open: int
    clarifications: int
    meetings: int
    observations: int
    lists_agreed: int
    lists: int
    summaries_agreed: int
    summaries: int
    published: int


def exchange_box(user: User, review: Review) -> ExchangeBox | None:
    """None before the answers were sent, and for those who do not read what the States exchange."""
    if not has_begun(review) or not can(user, ReviewAction.READ_TABLE, review):
        return None
    sent, expected = feedback_states(review)
    requests: dict[str, Any] = clarifications_visible_to(user, review).aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(status=ClarificationStatus.ASKED))
    )
    texts = list(texts_visible_to(user, review))
    agreed = [text for text in texts if text.status == TextStatus.AGREED]
    return ExchangeBox(
        feedback_sent=sent,
        feedback_expected=expected,
        clarifications_open=requests["open"],
        clarifications=requests["all"],
        meetings=meetings_of(review).count(),
        observations=sum(count_on_table(review).values()),
        lists_agreed=sum(text.kind == TextKind.LIST_OF_OBSERVATIONS for text in agreed),
        lists=sum(text.kind == TextKind.LIST_OF_OBSERVATIONS for text in texts),
        summaries_agreed=sum(text.kind == TextKind.SUMMARY for text in agreed),
        summaries=sum(text.kind == TextKind.SUMMARY for text in texts),
        published=sum(text.is_public for text in texts),  # type: ignore[attr-defined]  # an annotation
    )
