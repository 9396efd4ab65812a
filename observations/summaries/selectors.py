"""Passages of a summary: what lies on the table, and what is drafted in rooms."""

from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Prefetch, QuerySet

from accounts.people.models import User
from core.errors import found
from core.language.word_counts import count_words
from observations.summaries.models import PassageRevision
from observations.texts import passages_of, placed_by_hand
from observations.texts.models import AgreedText, Observation, PassageDraft, SummaryPassage
from observations.wording import document_of, word_count_of
from reviews.cases import limit_of
from reviews.cases.models import Review
from reviews.drafts import in_own_room, readable


def get_passage(text: AgreedText, order: int) -> SummaryPassage:
    """Raises Http404 where the summary has no such passage."""
    rows = text.passages.select_related("heading", "merged_into").prefetch_related("articles")
    return found(rows.filter(order=order).first())


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


def revisions_of(passage: SummaryPassage) -> QuerySet[PassageRevision]:
    """What a passage said after each save, the last first; the caller has obtained the passage for its reader."""
    return passage.revisions.select_related("saved_by", "saved_for").order_by("-number")


def passages_with_sources(text: AgreedText) -> QuerySet[SummaryPassage]:
    """The passages, each with the observations that it draws on in the order of their list."""
    rows = Observation.objects.select_related("heading").prefetch_related("articles")
    return passages_of(text).prefetch_related(Prefetch("observations", rows.order_by(placed_by_hand(), "created_at")))


def token_of(passages: Iterable[SummaryPassage]) -> str:
    """What a summary is made of, to be compared with itself: its passages in their order, as they were saved last, each
    with what it draws on."""
    made = [f"{row.pk}:{row.revision}:{sorted(str(each.pk) for each in row.observations.all())}" for row in passages]
    return sha256("|".join(made).encode()).hexdigest()[:32]


def word_budget_of(passage: SummaryPassage, typed: str) -> dict[str, int]:
    """How long a passage would be, and with it the whole summary, beside what that may have (``_word_budget.html``)."""
    text, words = passage.agreed_text, count_words(typed)
    of_others = word_count_of(document_of(text)) - count_words(passage.text)
    return {
        "word_count": words,
        "words_of_others": of_others,
        "word_count_of_all": of_others + words,
        "limit": limit_of(text.review, "summary_words").value,
    }


def places_of(passages: Iterable[SummaryPassage]) -> list[list[SummaryPassage]]:
    """Those that say anything, in groups of one heading and the same articles; what is moved moves within its group."""
    groups: dict[tuple[int, ...], list[SummaryPassage]] = {}
    for row in passages:
        if row.text:
            groups.setdefault((row.heading.order, *numbers_of(row)), []).append(row)
    return list(groups.values())


def numbers_of(passage: SummaryPassage) -> list[int]:
    """Of the articles that it is on."""
    return sorted(article.number for article in passage.articles.all())
