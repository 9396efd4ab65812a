"""What the rules say for a review: language, limits, treaties left out; and rows without the words of States."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet, prefetch_related_objects

from core.language.i18n import DEFAULT_LANGUAGE
from reviews.cases.enums import ReviewingBasis
from reviews.cases.models import Review
from reviews.programme import adherences_of, begin_to_bind
from reviews.programme.models import Adherence, Limit, Mechanism

_LIMITS_OF_BASES = dict(zip((ReviewingBasis.SAME_GROUP, ReviewingBasis.OTHER_GROUP), Limit.NONE_OR_ONE, strict=True))

M = TypeVar("M", bound=Model)


def language_of(review: Review) -> str:
    """The language in which the review's texts are written: the first of its working languages."""
    return review.working_languages[0] if review.working_languages else DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An instrument that the State has joined and that its review does not cover; ``binds_from`` None: not yet."""

    review: Review
    adherence: Adherence
    binds_from: dt.date | None


def left_out_of(*reviews: Review) -> list[LeftOut]:
    """What the reviews of one State leave out since it was not in force when they started, or was joined since."""
    if not reviews:
        return []
    prefetch_related_objects(reviews, "instruments")
    adherences = list(adherences_of(reviews[0].state_under_review))
    begins = begin_to_bind(adherences)
    return [
        LeftOut(review, row, begins.get(row.pk))
        for review in reviews
        for row in adherences
        if row.instrument.mechanism_id == review.mechanism_id and row.instrument not in review.instruments.all()
    ]


def reviewing_bases(mechanism: Mechanism) -> tuple[ReviewingBasis, ...]:
    """Whence its reviewing States come: from the same group and another, where no limit says otherwise."""
    rows = Limit.objects.filter(mechanism=mechanism, key__in=_LIMITS_OF_BASES.values()).values_list("key", "value")
    said = dict(rows)
    return tuple(basis for basis, key in _LIMITS_OF_BASES.items() if said.get(key, 1))


def limits_of(review: Review, *keys: str) -> dict[str, int]:
    """Several numbers that the rules of the review's mechanism set; one query."""
    return dict(Limit.objects.filter(mechanism_id=review.mechanism_id, key__in=keys).values_list("key", "value"))


def limit_of(review: Review, key: str) -> Limit:
    """A number that the rules of the review's mechanism set."""
    return Limit.objects.get(mechanism_id=review.mechanism_id, key=key)


def without_words(rows: QuerySet[M], *names: str) -> list[M]:
    """The rows for a page to show: these fields are not in the query, and empty. Never save one."""
    found = list(rows.defer(*names))
    for row in found:
        for name in names:
            setattr(row, name, "")
    return found
