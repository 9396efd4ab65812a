"""Passages of a summary: what lies on the table, and what is drafted in rooms."""

from django.db.models import QuerySet

from accounts.people.models import User
from core.errors import found
from observations.texts import placed_by_hand
from observations.texts.models import AgreedText, Observation, PassageDraft, SummaryPassage
from reviews.cases.models import Review
from reviews.drafts import in_own_room, readable


def get_passage(text: AgreedText, order: int) -> SummaryPassage:
    """Raises Http404 where the summary has no such passage."""
    return found(text.passages.select_related("heading").prefetch_related("articles").filter(order=order).first())


def own_draft_of(user: User, passage: SummaryPassage) -> PassageDraft | None:
    """What the reader's own State drafts in the place of a passage."""
    review = passage.agreed_text.review
    draft = in_own_room(PassageDraft.objects.filter(passage=passage), user, review).first()
    if draft is not None:
        draft.passage, draft.review = passage, review
    return draft


def passage_drafts_visible_to(user: User, text: AgreedText) -> QuerySet[PassageDraft]:
    """The drafts of the reader's room on the passages of a summary; in a common room those of the others too."""
    drafts = PassageDraft.objects.filter(passage__agreed_text=text).select_related("state_party", "written_by")
    return readable(drafts, user, text.review)


def unsent_passages(review: Review) -> QuerySet[PassageDraft]:
    """The passages of summaries in rooms of the reviewing States, whoever asks; not of one that has left."""
    return PassageDraft.objects.filter(review=review, room__in=review.reviewing_states.values("state_party"))


def observations_behind(passage: SummaryPassage) -> QuerySet[Observation]:
    """The agreed observations that a passage draws on; the caller has obtained the passage for its reader."""
    return passage.observations.select_related("state_party").order_by(placed_by_hand(), "created_at")
