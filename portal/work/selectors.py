"""What waits for a person over all of his or her reviews, each in a constant number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from accounts.people.models import User
from dialogue.exchange.enums import EARLY_SUBJECTS, ClarificationStatus, SupplementKind
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, SupplementaryInformation
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review, StepChange
from reviews.lists import for_list, paused_on
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.programme.enums import StepKind
from reviews.speakers import NominatingState

T = TypeVar("T", bound=Model)
_READERS = frozenset(ParticipationRole) - {ParticipationRole.NATIONAL_CONTRIBUTOR}


def for_work(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """As for a list, with ``at_step_since``: when the review came to the step at which it stands."""
    moved = StepChange.objects.filter(review=OuterRef("pk")).order_by().values("review").annotate(at=Max("at"))
    return for_list(reviews, with_later=True).annotate(at_step_since=Subquery(moved.values("at")))


def reviews_in_charge_of(user: User) -> QuerySet[Review]:
    """Those of which the user is the officer in charge, as long as they are not closed."""
    return for_work(Review.objects.filter(officer=user).exclude(step__kind=StepKind.CLOSING))


@dataclass(frozen=True, slots=True)
class Counted:
    """So many pieces, the oldest since then, and the first of them asked for by ``due_on``."""

    number: int
    since: dt.datetime | None
    due_on: dt.date | None = None


def requests_sent(reviews: Iterable[Review]) -> dict[tuple[UUID, str, UUID, str], Counted]:
    """Requests for clarification on the shared table, by review, subject, asking State and status; one query.

    In a pause no day by which an answer is asked for counts.
    """
    paused = Q(review__in=paused_on(timezone.localdate()))
    rows = (
        ClarificationRequest.objects.filter(review__in=[review.pk for review in reviews], room=None)
        .filter(status__in=[ClarificationStatus.ASKED, ClarificationStatus.ANSWERED])
        .order_by()
        .values_list("review", "subject", "state_party", "status")
        .annotate(
            number=Count("pk"),
            since=Min("asked_at"),
            due_on=Min("due_on", filter=~paused),
        )
    )
    return {tuple(key): Counted(number, since, due_on) for *key, number, since, due_on in rows}


# What may be sent before the answers are there.
_EARLY: dict[type[Model], Q] = {
    ClarificationRequest: Q(subject__in=EARLY_SUBJECTS),
    ClarificationAnswer: Q(request__subject__in=EARLY_SUBJECTS),
    SupplementaryInformation: Q(kind__in=[each for each in SupplementKind if each.is_open_early]),
}


def drafts_of(user: User) -> dict[tuple[type[Model], bool], dict[UUID, Counted]]:
    """What the reader's own States have written and not sent of the dialogue, by review; three queries.

    By kind, and whether it waits for no answers.
    """
    found: dict[tuple[type[Model], bool], dict[UUID, Counted]] = {}
    for model, early in _EARLY.items():
        pieces = _in_own_rooms(model._default_manager.all(), user).annotate(is_early=_is(early)).order_by()
        rows = pieces.values_list("review", "is_early").annotate(number=Count("pk"), since=Min("created_at"))
        found |= {(model, is_early): {} for is_early in (False, True)}
        for review, is_early, number, since in rows:
            found[model, is_early][review] = Counted(number, since)
    return found


def _is(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _in_own_rooms(pieces: QuerySet[T], user: User) -> QuerySet[T]:
    """Those in the rooms of the States for which the reader takes part; what is elsewhere is not in the query."""
    return pieces.filter(
        review__participations__user=user,
        review__participations__ended_at=None,
        review__participations__state_party=F("room"),
        review__participations__role__in=_READERS,
    )


def notes_given_back(user: User, places: Iterable[NominatingState]) -> list[NoteVerbale]:
    """Notes verbales that were returned: of the States for which the user speaks, and those that he or she recorded."""
    returned = NoteVerbale.objects.filter(status=NoteStatus.RETURNED)
    of_state = returned.none()
    for place in places:
        of_state |= returned.filter(mechanism=place.mechanism, state_party=place.state_party)
    notes = of_state | returned.filter(recorded_by=user)
    return list(notes.select_related("mechanism", "state_party").order_by("checked_at"))


def notes_waiting_since(user: User) -> dict[UUID, dt.datetime]:
    """By mechanism: since when the oldest of the notes waits that the officer may check; one query."""
    waiting = NoteVerbale.objects.filter(status=NoteStatus.SUBMITTED).exclude(recorded_by=user)
    rows = waiting.order_by().values_list("mechanism").annotate(since=Min("submitted_at"))
    return {mechanism: since for mechanism, since in rows if since}
