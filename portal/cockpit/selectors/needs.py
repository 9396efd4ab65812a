"""What needs an officer today: reviews that are late, silent, blocked by the secretariat itself, or in nobody's hands.

Each need is a selector from queryset to queryset, by which the filter of the cockpit narrows as well: what the first
page counts is what its link opens.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.mail.reports import unreached
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review, ReviewingState
from reviews.due import next_milestone_of
from reviews.lists import silent, under_way
from reviews.nominations.enums import NoteStatus
from reviews.nominations.models import Nomination
from reviews.programme.enums import StepOwner
from reviews.programme.models import Limit, Mechanism

SILENCE_LIMIT = "silent_review_days"
_SILENT_AFTER = 60  # days, where the mechanism has no such rule


def silent_after(mechanism: Mechanism) -> int:
    """After how many days without a sign of life a review counts as silent; a rule of the mechanism."""
    found = Limit.objects.filter(mechanism=mechanism, key=SILENCE_LIMIT).values_list("value", flat=True).first()
    return _SILENT_AFTER if found is None else found


def silent_in(reviews: QuerySet[Review], mechanism: Mechanism, today: dt.date) -> QuerySet[Review]:
    return silent(reviews, today, silent_after(mechanism))


def with_note(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Add ``has_note``: whether a note verbale that names people for the review is to be checked."""
    to_check = Nomination.objects.filter(review=OuterRef("pk"), note__status=NoteStatus.SUBMITTED)
    return reviews.annotate(has_note=Exists(to_check))


def blocked(reviews: QuerySet[Review], today: dt.date) -> QuerySet[Review]:
    """Those under way whose next act the secretariat owes, or for which people are named in a note to be checked."""
    rows = with_note(under_way(reviews, today)).annotate(next_owner=next_milestone_of("plan__owed_by"))
    return rows.filter(Q(next_owner=StepOwner.SECRETARIAT) | Q(has_note=True))


def in_nobodys_charge(reviews: QuerySet[Review], today: dt.date) -> QuerySet[Review]:
    return under_way(reviews, today).filter(officer=None)


def unnamed(reviews: QuerySet[Review], today: dt.date) -> QuerySet[Review]:
    """Those under way in which a State has no focal point now."""
    named = Participation.objects.filter(
        review=OuterRef("review"),
        state_party=OuterRef("state_party"),
        role=ParticipationRole.FOCAL_POINT,
        ended_at=None,
    )
    own = Participation.objects.filter(
        review=OuterRef("pk"),
        state_party=OuterRef("state_under_review"),
        role=ParticipationRole.FOCAL_POINT,
        ended_at=None,
    )
    reviewing = ReviewingState.objects.filter(~Exists(named), review=OuterRef("pk"))
    return under_way(reviews, today).filter(~Exists(own) | Exists(reviewing))


def bounced(reviews: QuerySet[Review], today: dt.date) -> QuerySet[Review]:
    """Those under way with somebody for a State whom mails do not reach (``core.mail.reports.unreached``)."""
    unreached_people = unreached().values("recipient")
    lost = Participation.objects.filter(review=OuterRef("pk"), ended_at=None, user__in=unreached_people)
    return under_way(reviews, today).filter(Exists(lost))
