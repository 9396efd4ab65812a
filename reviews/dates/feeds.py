"""What a calendar program reads: the dates of the reviews that its person sees at that moment, and nothing written."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.people import SECRETARIAT, secretariat_role
from accounts.people.models import User
from core.hashes import text_hash
from reviews.capacities import takes_part_with
from reviews.cases.enums import Grant
from reviews.cases.models import Review, ReviewMilestone
from reviews.dates.models import CalendarFeed
from reviews.meetings import agreed_meetings
from reviews.meetings.models import DialogueMeeting, PlannedMeeting
from reviews.visibility import reviews_visible_to

_NOTED_EVERY = dt.timedelta(hours=1)  # how exactly the last use is kept; programs ask several times a day


@dataclass(frozen=True, slots=True)
class Dates:
    """What one feed shows; every milestone and meeting knows its review, with the State under review and mechanism.

    ``meetings`` were held, ``planned`` are agreed.
    """

    milestones: list[ReviewMilestone]
    meetings: list[DialogueMeeting]
    planned: list[PlannedMeeting] = field(default_factory=list)


def feeds_of(user: User) -> QuerySet[CalendarFeed]:
    """The person's own addresses that are not ended."""
    feeds = CalendarFeed.objects.filter(user=user, ended_at=None)
    return feeds.select_related("review__mechanism", "review__state_under_review").order_by("created_at")


def feed_of(user: User, review: Review | None) -> CalendarFeed | None:
    """The person's own address for a review, or for all of them."""
    return feeds_of(user).filter(review=review).first()


def get_feed_for(user: User, pk: UUID) -> CalendarFeed:
    """One of the person's own addresses. Raises Http404 for an ended one, and for somebody else's."""
    feed = feeds_of(user).filter(pk=pk).first()
    if feed is None:
        raise Http404
    return feed


def find_feed(secret: str) -> CalendarFeed:
    """The feed behind a secret, and its person. Raises Http404 for one that is wrong or ended, or a closed account."""
    feed = (
        CalendarFeed.objects.select_related("user", "review__state_under_review")
        .filter(sha256=text_hash(secret), ended_at=None, user__is_active=True)
        .first()
    )
    if feed is None:
        raise Http404
    return feed


def dates_of(feed: CalendarFeed) -> Dates:
    """What the person of the feed sees now; the caller lets the database answer as to that person.

    Raises Http404 where he or she takes part in nothing any more. An officer's feed of all reviews holds those which he
    or she is in charge of. Six queries, whatever the number of reviews.
    """
    user = feed.user
    role = secretariat_role(user)
    reviews = reviews_visible_to(user)
    if feed.review_id:
        reviews = reviews.filter(pk=feed.review_id)
    elif role:
        reviews = reviews.filter(officer=user)
    shown = set(reviews.values_list("pk", flat=True))
    if not shown and (role is None or feed.review_id):
        raise Http404
    milestones = ReviewMilestone.objects.filter(review__in=shown).select_related(
        "plan", "review__mechanism", "review__state_under_review"
    )
    return Dates(
        list(milestones.order_by("review__code", "plan__order")),
        list(_meetings(user, shown)),
        list(agreed_meetings(user, shown)),
    )


def _meetings(user: User, shown: set[UUID]) -> QuerySet[DialogueMeeting]:
    """When the experts met, for whoever reads what the States exchange (as for READ_TABLE in the policy)."""
    meetings = DialogueMeeting.objects.filter(review__in=shown, room=None)
    if secretariat_role(user) not in SECRETARIAT:
        readable = Review.objects.filter(takes_part_with(Grant.READ, user))
        meetings = meetings.filter(review__in=readable.values("pk"))
    related = meetings.select_related("review__mechanism", "review__state_under_review")
    return related.order_by("review__code", "held_on", "created_at")


def note_use(feed: CalendarFeed) -> None:
    """Keep when the feed was last read, to the hour, so that its person can tell one that nobody uses."""
    now = timezone.now()
    if feed.last_used_at is None or now - feed.last_used_at > _NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=now)
