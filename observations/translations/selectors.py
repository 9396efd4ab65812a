"""Translations of texts: what a reader finds of them, and what a page shows of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import found_for_policy
from core.errors import found
from core.hashes import document_hash
from observations.texts import texts_visible_to
from observations.texts.models import AgreedText
from observations.translations.models import Term, TranslationOrder
from observations.translations.segments import UNREAD, Segment, mark_of, segments_of, text_of, translation_of
from observations.translations.terms import terms_in
from observations.versions import standing_version
from observations.wording import Document, document_from
from reviews.capacities import own_state_of
from reviews.cases.models import Clearance, Review
from reviews.drafts import readable

_RELATED = ("translator", "ordered_by", "ordered_for", "ended_by", "version", "agreed_text__instrument")
_OF_REVIEW = ("review__mechanism", "review__step", "review__state_under_review", "review__phase__cluster")


@dataclass(frozen=True, slots=True)
class TranslatedSegment:
    """A segment beside its translation. ``was``: what stood there in an earlier version, and how it was translated."""

    segment: Segment
    text: str
    origin: str
    was_source: str
    was_text: str

    @property
    def is_unread(self) -> bool:
        """Whether it is a draft that a person has to read first."""
        return bool(self.text) and self.origin in UNREAD

    @property
    def mark(self) -> str:
        return mark_of(self.text)


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """A translation in a list: how far it is, and which States have confirmed it, in the order in which they did."""

    order: TranslationOrder
    done: int
    total: int
    is_current: bool
    confirmed_by: Sequence[StateParty]


def own_orders(user: User) -> list[TranslationOrder]:
    """What is ordered from the reader and has not ended; by date. Of the review it holds what the document says."""
    rows = TranslationOrder.objects.filter(translator=user, ended_at=None).order_by("due_on", "created_at")
    return list(rows.select_related("ordered_for", "ordered_by"))


def orders_waiting(reviews: Iterable[Review]) -> QuerySet[TranslationOrder]:
    """What waits in these for who has ordered; the caller looks at those of its reader's State.

    That is to be confirmed what was handed in of a version that stands, and to be ended what goes on of another one.
    """
    waiting = Q(handed_in_at__isnull=False) | Q(version__cancelled_at__isnull=False)
    rows = TranslationOrder.objects.filter(waiting, ended_at=None, review__in=[each.pk for each in reviews])
    return rows.select_related("agreed_text__instrument", "version")


def get_order(pk: UUID | str) -> TranslationOrder:
    """One by its key; the caller asks the policy about it. Raises Http404 where there is none."""
    rows = TranslationOrder.objects.select_related(*_RELATED, *_OF_REVIEW).filter(pk=pk)
    order = found(found_for_policy(rows.first))
    order.agreed_text.review = order.review
    return order


def rows_of_text(user: User, text: AgreedText) -> list[TranslationRow]:
    """Those that the reader of the text may read: of the own room, and what is confirmed; two queries."""
    rows = TranslationOrder.objects.filter(agreed_text=text).select_related(*_RELATED)
    own = own_state_of(user, text.review)
    # A common room opens no order of another State.
    rows = readable(rows.filter(Q(room=None) | Q(room=own)), user, text.review)
    orders = list(rows.order_by("language", "-version__number", "created_at"))
    given: dict[UUID, list[StateParty]] = {}
    for clearance in confirmations(orders):
        given.setdefault(clearance.document_id, []).append(clearance.state_party)
    for order in orders:
        order.review = text.review
        order.agreed_text = text
    return [
        TranslationRow(order, *progress_of(order), order.version.cancelled_at is None, given.get(order.pk, []))
        for order in orders
    ]


def confirmed_translations(user: User, review: Review) -> QuerySet[TranslationOrder]:
    """Of the texts that the reader may read what lies on the table, in its order."""
    rows = TranslationOrder.objects.filter(agreed_text__in=texts_visible_to(user, review), room=None)
    return rows.select_related("version__agreed_text__instrument", "ordered_for").order_by("confirmed_at")


def confirmations(orders: Iterable[TranslationOrder]) -> QuerySet[Clearance]:
    """What States have confirmed of these; the caller has obtained them for their reader."""
    rows = Clearance.objects.filter(document_id__in=[order.pk for order in orders], taken_back_at=None)
    return rows.select_related("state_party", "focal_point").order_by("cleared_at")


def latest_into(text: AgreedText, language: str, state: UUID) -> TranslationOrder | None:
    """The last translation that a new order of this State goes on from: its own, or else one that is confirmed."""
    rows = TranslationOrder.objects.filter(agreed_text=text, language=language)
    in_reach = rows.filter(room=state) | rows.filter(room=None)
    return in_reach.order_by("-version__number", F("room").asc(nulls_last=True), "-created_at").first()


def original_of(order: TranslationOrder) -> Document:
    """The frozen document that is translated."""
    return document_from(order.document)


def document_in_translation(order: TranslationOrder) -> Document:
    """The document in the language of the order; what is not translated yet stands in the original."""
    return translation_of(original_of(order), order.words, order.language)


def hash_of_translation(order: TranslationOrder) -> str:
    """By which exactly this wording is confirmed."""
    return document_hash(document_in_translation(order).as_json())


def terms_for(order: TranslationOrder) -> dict[str, list[tuple[str, str]]]:
    """By the key of a segment the terms that it holds, beside what they are called in the other language; one query."""
    source, words = str(order.document["language"]), dict[str, dict[str, str]]()
    rows = Term.objects.filter(language__in=[source, order.language])
    for concept, language, term in rows.values_list("concept", "language", "words"):
        words.setdefault(concept, {})[language] = term
    pairs = [(each[source], each[order.language]) for each in words.values() if len(each) > 1]
    return {segment.key: terms_in(segment.source, pairs, source) for segment in segments_of(original_of(order))}


def segments_beside(order: TranslationOrder) -> list[TranslatedSegment]:
    """Each segment of the original with what there is of it in the other language."""
    return [_beside(order, segment) for segment in segments_of(original_of(order))]


def _beside(order: TranslationOrder, segment: Segment) -> TranslatedSegment:
    stored = order.words.get(segment.key, {})
    was = stored.get("was") or {}
    return TranslatedSegment(
        segment,
        text_of(order.words, segment.key),
        stored.get("by", ""),
        was.get("source", ""),
        was.get("text", ""),
    )


def progress_of(order: TranslationOrder) -> tuple[int, int]:
    """How many of its segments are translated, and how many there are."""
    keys = [segment.key for segment in segments_of(original_of(order))]
    return sum(bool(text_of(order.words, key)) for key in keys), len(keys)


def is_of_standing_version(order: TranslationOrder) -> bool:
    standing = standing_version(order.agreed_text)
    return standing is not None and standing.pk == order.version_id
