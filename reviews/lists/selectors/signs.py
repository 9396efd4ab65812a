"""When the States of a review last did something in it, as far as the secretariat may know.

An act in a State's own room is nobody else's business (docs/adr/0013), that it happened included: a sign of life is an
act for a State on what lies on the shared table, or a milestone that a State owed and has reached.
"""

import datetime as dt
from uuid import UUID

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest, TruncDate
from django.utils import timezone

from core.institution.facts import home_zone
from core.models import AuditEntry
from reviews.cases.enums import TimeChangeKind, TimeChangeStatus
from reviews.cases.models import Review, ReviewMilestone, TimeChange
from reviews.due import next_milestone_of
from reviews.lists.selectors.narrowing import begun
from reviews.programme.enums import StepKind, StepOwner


def with_last_sign(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Add ``last_sign``, the day of the last sign of life (None where there is none), in one query with the reviews.

    And ``silent_since``, from which the silence of those who are waited for is counted: that day, or the day since
    which they have been waited for at all, if later. That is the first day of the review, that on which anybody reached
    its last milestone, the secretariat included, or that on which its last agreed pause was over.
    """
    chain = Concat(OuterRef("mechanism__slug"), Value("/"), OuterRef("code"))
    acts = AuditEntry.objects.filter(chain=chain, room="").exclude(acting_state="")
    # Backwards along the index of the chain; what has no place in it yet is the newest.
    acts = acts.annotate(day=TruncDate("at", tzinfo=home_zone())).order_by("-sequence", "-id")
    reached = ReviewMilestone.objects.filter(review=OuterRef("pk"), reached_on__isnull=False)
    reached = reached.exclude(plan__owed_by=StepOwner.SECRETARIAT).order_by("-reached_on")
    # PostgreSQL's GREATEST leaves NULL out.
    sign = Greatest(Subquery(acts.values("day")[:1]), Subquery(reached.values("reached_on")[:1]))
    step = ReviewMilestone.objects.filter(review=OuterRef("pk"), reached_on__isnull=False).order_by("-reached_on")
    return reviews.annotate(last_sign=sign).annotate(
        silent_since=Greatest(
            F("last_sign"),
            F("starts_on"),
            Subquery(step.values("reached_on")[:1]),
            _end_of_last_pause(),
            output_field=DateField(),
        )
    )


def _end_of_last_pause() -> Subquery:
    """The day on which the clock of a review ran again after its last agreed pause that is over."""
    over_on = Coalesce(F("ended_on"), F("until"), output_field=DateField())
    pauses = TimeChange.objects.filter(review=OuterRef("pk"), kind=TimeChangeKind.PAUSE, status=TimeChangeStatus.AGREED)
    over = pauses.annotate(over_on=over_on).filter(over_on__lte=timezone.localdate()).order_by("-over_on")
    return Subquery(over.values("over_on")[:1])


def silent(reviews: QuerySet[Review], today: dt.date, days: int) -> QuerySet[Review]:
    """Those under way that wait for States and in which these have given no sign of life for so many days.

    In an agreed pause nobody is silent.
    """
    waiting = with_last_sign(under_way(reviews, today)).annotate(next_owner=next_milestone_of("plan__owed_by"))
    waiting = waiting.filter(~Q(next_owner=StepOwner.SECRETARIAT), next_owner__isnull=False)
    since = today - dt.timedelta(days=days)
    return waiting.filter(silent_since__lte=since).exclude(pk__in=paused_on(today))  # type: ignore[misc]


def paused_on(day: dt.date) -> QuerySet[TimeChange, UUID]:
    """Keys of the reviews in which an agreed pause holds on that day."""
    agreed = TimeChange.objects.filter(kind=TimeChangeKind.PAUSE, status=TimeChangeStatus.AGREED)
    return agreed.filter(starts_on__lte=day, until__gte=day, ended_on=None).values_list("review", flat=True)


def under_way(reviews: QuerySet[Review], today: dt.date) -> QuerySet[Review]:
    """Those that have begun and are not closed."""
    return begun(reviews, today).exclude(step__kind=StepKind.CLOSING)
