"""What the States of a review have said on concluding the dialogue, and whose word is missing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils import timezone

from accounts.people import Actor
from core.hashes import text_hash
from core.policy import can
from dialogue.conclusion.models import ConclusionAnswer
from dialogue.exchange import open_clarifications
from dialogue.threads import open_threads
from reviews.agreement import Absences, Agreement, absences_in, words_of
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.visibility import states_of


@dataclass(frozen=True, slots=True)
class Conclusion(Agreement[ConclusionAnswer]):
    """The words of the States, as far as they cover the requests for clarification and the threads that are open now.

    ``lapsed``: the yes of these States was given before one that is open now, and counts no longer.
    """

    open_requests: frozenset[UUID]
    open_threads: frozenset[UUID] = frozenset()
    lapsed: tuple[ConclusionAnswer, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether a State holds that the dialogue can be concluded, so that the others are asked for their word."""
        return any(word.answer is not None and word.answer.agrees for word in self.words)

    @property
    def open(self) -> frozenset[UUID]:
        """What a yes has to cover."""
        return self.open_requests | self.open_threads

    @property
    def shown(self) -> str:
        """What a word rests on: what is open. Where other things are by now, nobody has agreed to that."""
        return text_hash(" ".join(sorted(str(key) for key in self.open)))


def conclusion_of(review: Review) -> Conclusion:
    """Where it stands; a constant number of queries."""
    return conclusions_of([review])[review.pk]


def conclusions_of(reviews: Collection[Review]) -> dict[UUID, Conclusion]:
    """The same of several, by key; as many queries as for one."""
    prefetch_related_objects(list(reviews), "state_under_review", "reviewing_states__state_party")
    given: defaultdict[UUID, list[ConclusionAnswer]] = defaultdict(list)
    rows = ConclusionAnswer.objects.filter(review__in=[review.pk for review in reviews])
    for row in (
        rows.order_by("review_id", "state_party_id", "-answered_at")
        .distinct("review_id", "state_party_id")
        .select_related("state_party", "answered_by")
    ):
        given[row.review_id].append(row)
    requests, threads, absences = open_clarifications(reviews), open_threads(reviews), absences_in(reviews)
    return {
        review.pk: _conclusion(review, given[review.pk], requests[review.pk], threads[review.pk], absences[review.pk])
        for review in reviews
    }


def _conclusion(
    review: Review,
    given: Iterable[ConclusionAnswer],
    requests: frozenset[UUID],
    threads: frozenset[UUID],
    absences: Absences,
) -> Conclusion:
    holds = [row for row in given if not row.agrees or requests | threads <= set(row.open_requests)]
    asked_at = min((row.answered_at for row in holds), default=timezone.now())
    words = words_of(states_of(review), holds, not_waited_for=absences.not_waited_for(asked_at))
    return Conclusion(words, requests, threads, tuple(row for row in given if row not in holds))


def conclusion_for(reader: Actor, review: Review) -> Conclusion:
    """The same for a reader of the review; without words for who may not read them."""
    conclusion = conclusion_of(review)
    if not can(reader, ReviewAction.READ_REASONS, review):
        for word in conclusion.words:
            if word.answer is not None:
                word.answer.note = ""
    return conclusion
