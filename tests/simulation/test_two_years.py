"""Two years of 190 reviews with random delays: dates, counts and mails are those of a plain model.

The course of events comes from a fixed seed (``world.py``) and is done by the services; the model (``plain.py``) states
the rules of time once more and shares no code with the portal.
"""

import datetime as dt
import os
from collections import Counter

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from core.models import Notification
from portal.reminders.planner import plan_reminders
from reviews.cases.models import Review, ReviewMilestone
from reviews.lists.selectors.narrowing import counts_by_step, overdue_count
from reviews.reminders.models import ReminderRule
from tests.simulation.plain import DAY, Reminders, is_past
from tests.simulation.world import World, build, live

pytestmark = [pytest.mark.prove, pytest.mark.django_db]
REVIEWS = int(os.environ.get("SIMULATED_REVIEWS", "190"))
BEGINS, DAYS = dt.date(2027, 1, 4), 731
AFTERNOON = dt.time(13, 0, tzinfo=dt.UTC)


def dates_differ(world: World) -> list[str]:
    rows = ReviewMilestone.objects.values_list("review__code", "plan__slug", "due_on")
    found = {(code, slug): due_on for code, slug, due_on in rows}
    expected = {(plain.code, row.slug): plain.due(row) for plain in world.plain for row in plain.plan}
    return [
        f"{key}: {found.get(key)} and not {expected.get(key)}"
        for key in found.keys() | expected.keys()
        if found.get(key) != expected.get(key)
    ]


def counts_differ(world: World, now: dt.datetime) -> list[str]:
    today = timezone.localdate(now)
    steps = {step.order: number for step, number in counts_by_step(Review.objects.all(), today).steps if number}
    expected = dict(Counter(plain.step for plain in world.plain if plain.starts_on <= today))
    late = sum(
        is_past(plain, act, now, world.zones, settings.TIME_ZONE)
        for plain in world.plain
        if (act := plain.next_act()) is not None
    )
    found = overdue_count(Review.objects.all(), now)
    return [f"{steps} and not {expected}"] * (steps != expected) + [f"{found} late and not {late}"] * (found != late)


def digests_sent() -> dict[tuple[str, dt.date], set[tuple[str, dt.date]]]:
    rows = Notification.objects.filter(key__startswith="digest:").values_list("recipient", "key", "context")
    return {
        (str(person), dt.date.fromisoformat(key.rsplit(":", 1)[1])): {
            (item["code"], dt.date.fromisoformat(item["due_on"])) for item in context["items"]
        }
        for person, key, context in rows
    }


def test_two_years_of_190_reviews_go_as_the_plain_rules_say() -> None:
    wrong: list[str] = []
    acts = 0
    with time_machine.travel(dt.datetime.combine(BEGINS, AFTERNOON), tick=False) as clock:
        world = build(REVIEWS, BEGINS)
        rules = list(ReminderRule.objects.filter(is_active=True).values_list("audience", "days"))
        reminders = Reminders(rules, world.missions)
        for number in range(DAYS):
            today = BEGINS + number * DAY
            now = dt.datetime.combine(today, AFTERNOON)
            clock.move_to(now)
            acts += live(world, today)
            plan_reminders(now)
            reminders.plan(world.plain, today)
            if number % 7 == 0:
                wrong += [f"{today}: {each}" for each in [*dates_differ(world), *counts_differ(world, now)]]
            assert wrong == []
    sent = digests_sent()
    assert {key: items for key, items in sent.items() if reminders.sent.get(key) != items} == {}
    assert sent.keys() == reminders.sent.keys()
    assert acts > REVIEWS * 12
    assert len(sent) > REVIEWS * 20
