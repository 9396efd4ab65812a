"""How long the planner takes for 100,000 due reminders, with how much memory."""

import datetime as dt
import time
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as_system
from core.models import Notification
from portal.reminders.planner import plan_reminders
from reviews.cases.models import Participation, Review, ReviewMilestone
from tools.bench.memory import peak_megabytes
from tools.bench.world import World, add_reviews, analyze

REVIEWS, PEOPLE, ACTS_OF_EACH = 760, 50_000, 2


def measure(world: World) -> Iterator[tuple[str, str]]:
    now = dt.datetime.combine(timezone.localdate(), dt.time(12), dt.UTC)
    _build(world, now.date())
    before = peak_megabytes()
    connection.close()
    with identified_as_system():
        started = time.perf_counter()
        digests = plan_reminders(now)
        seconds = time.perf_counter() - started
        again_started = time.perf_counter()
        again = plan_reminders(now)
        seconds_again = time.perf_counter() - again_started
    reminders = sum(len(items) for items in _items())
    yield "reminders due", f"{reminders:,} of {PEOPLE:,} people in {REVIEWS} reviews"
    yield "planned", f"{digests:,} digests in {seconds:.1f} s"
    yield "planned again", f"{again} digests in {seconds_again:.1f} s"
    yield "peak memory before, and with planning", f"{before:.0f} MB, {peak_megabytes():.0f} MB"


def _items() -> Iterator[list[object]]:
    mails = Notification.objects.filter(template="portal/digest").values_list("context__items", flat=True)
    yield from mails.iterator(chunk_size=2000)


def _build(world: World, today: dt.date) -> None:
    """``PEOPLE`` experts of the States under review, each in two reviews whose next act is due today."""
    add_reviews(world, REVIEWS)
    reviews = list(Review.objects.exclude(pk=world.review.pk).order_by("code")[:REVIEWS])
    ReviewMilestone.objects.filter(review__in=reviews).update(due_on=today)
    for start in range(0, PEOPLE, 2000):
        people = User.objects.bulk_create(
            User(email=f"expert.{number}@bench.example", full_name=f"Expert {number}")
            for number in range(start, start + 2000)
        )
        Participation.objects.bulk_create(
            Participation(
                review=review,
                user=person,
                state_party_id=review.state_under_review_id,
                role="governmental_expert",
                side="under_review",
            )
            for number, person in enumerate(people, start)
            for review in (reviews[number % REVIEWS], reviews[(number + 7) % REVIEWS])
        )
    analyze()
