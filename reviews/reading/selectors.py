"""The list as the secretariat keeps it, and as the experts of one review find it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from core.errors import found
from reviews.cases.models import Review
from reviews.programme.models import Mechanism
from reviews.reading.enums import ReadingKind
from reviews.reading.models import ReadingItem

_ORDER = {kind: place for place, kind in enumerate(ReadingKind)}


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """Entries of one kind: those in the reader's language, and those in others."""

    kind: ReadingKind
    own: list[ReadingItem] = field(default_factory=list)
    other: list[ReadingItem] = field(default_factory=list)


def reading_of(mechanism: Mechanism) -> QuerySet[ReadingItem]:
    """All entries, also those that were withdrawn, in their order."""
    rows = ReadingItem.objects.filter(mechanism=mechanism).select_related("instrument", "cluster")
    return rows.order_by("order", "title", "language")


def get_item(mechanism: Mechanism, key: UUID) -> ReadingItem:
    """Raises Http404 where the mechanism has no such entry."""
    return found(reading_of(mechanism).filter(pk=key).first())


def reading_for_review(review: Review, language: str) -> list[ReadingGroup]:
    """What matters for a review, by kind: of no instrument or of one that it covers, of no cluster or of its own."""
    matters = Q(instrument=None) | Q(instrument__in=review.instruments.all())
    matters &= Q(cluster=None) | Q(cluster=review.phase.cluster_id)
    return grouped(reading_of(review.mechanism).filter(matters, withdrawn_at=None), language)


def grouped(items: Iterable[ReadingItem], language: str) -> list[ReadingGroup]:
    """By kind, in the order in which experts prepare; the order within a kind stays."""
    groups = []
    for kind, same in groupby(sorted(items, key=lambda item: _ORDER[ReadingKind(item.kind)]), lambda item: item.kind):
        group = ReadingGroup(ReadingKind(kind))
        for item in same:
            (group.own if item.language == language else group.other).append(item)
        groups.append(group)
    return groups
