"""What the States are asked in revisions: the words on the one that stands, and an act on another one."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise

from accounts.states.models import StateParty
from core.errors import ServiceError
from reviews.agreement.absences import Absences, absences_in
from reviews.agreement.models import StateAnswer
from reviews.agreement.rules import Word, words_of
from reviews.cases.models import ConfidentialModel, Review
from reviews.visibility import states_of, states_taking_part

R = TypeVar("R", bound=ConfidentialModel)
A = TypeVar("A")
S = TypeVar("S", bound=StateAnswer)
# Makes of a row, as ``with_answers`` reads it, what the States have said of it.
Worded = Callable[[R, Iterable[StateParty], Absences], A]


class StaleRevisionError(ServiceError):
    """Something was changed since the person saw it; ``revision`` is the one that stands now."""

    words: ClassVar[Promise]

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__(str(self.words))


def with_answers(rows: QuerySet[R], answers: QuerySet[S]) -> QuerySet[R]:
    """``rows`` with what was ever ``given`` to them; one query more."""
    return rows.prefetch_related(
        Prefetch("answers", answers.select_related("state_party", "answered_by"), to_attr="given")
    )


def words_on(
    row: Any, states: Iterable[StateParty], absences: Absences, *, since: dt.datetime | None
) -> list[Word[Any]]:
    """What each of ``states`` has said to the revision that stands, asked for ``since`` then; None: not yet."""
    answers = [answer for answer in row.given if answer.revision == row.revision]
    return words_of(states, answers, not_waited_for=absences.not_waited_for(since) if since else ())


def worded_in(review: Review, rows: Iterable[R], worded: Worded[R, A]) -> list[A]:
    """Those of one review. One query where there is none, otherwise four or five."""
    found = list(rows)
    if not found:
        return []
    states, absences = list(states_taking_part(review)), absences_in([review])[review.pk]
    for row in found:
        row.review = review
    return [worded(row, states, absences) for row in found]


def worded_in_each(reviews: Iterable[Review], rows: QuerySet[R], worded: Worded[R, A]) -> list[A]:
    """Those of ``rows`` in reviews of ``for_work``; at most four queries."""
    by_key = {review.pk: review for review in reviews}
    found = list(rows.filter(review__in=by_key))
    absences = absences_in(by_key.values()) if found else {}
    for row in found:
        row.review = by_key[row.review_id]
    return [worded(row, states_of(row.review), absences[row.review_id]) for row in found]


def worded_now(stored: R, worded: Worded[R, A]) -> A:
    """One as it is ``stored`` now."""
    review = stored.review
    return worded(stored, states_taking_part(review), absences_in([review])[review.pk])
