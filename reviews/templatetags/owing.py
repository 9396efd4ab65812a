"""What is due in a review, and the names of whoever owes it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import template
from django.utils import timezone

from reviews.cases.models import Review, ReviewMilestone
from reviews.due import debtor_names, next_act, today_where_owed

register = template.Library()


@dataclass(frozen=True, slots=True)
class AwaitedAct:
    """What a review of a list waits for, ready for its row: a list of many has no time to ask for each word."""

    act: str
    debtor: str
    due_on: dt.date
    today: dt.date

    @property
    def is_past(self) -> bool:
        return self.due_on < self.today


@register.simple_tag
def with_waiting(
    reviews: Iterable[Review], now: dt.datetime | None = None
) -> Iterator[tuple[Review, AwaitedAct | None]]:
    """Reviews (of ``for_list``), each with what it waits for; None where all is done."""
    now = now or timezone.now()
    for review in reviews:
        milestone = next_act(review)
        if milestone is None:
            yield review, None
            continue
        owner = milestone.plan.owed_by
        today = today_where_owed(review, owner, now)
        yield review, AwaitedAct(milestone.plan.name, debtor_names(review, owner), milestone.due_on, today)


@register.simple_tag
def debtor(review: Review, owner: str) -> str:
    """The States by name where some owe it and others do not. Reads ``review.reviewing_states``, best prefetched."""
    return debtor_names(review, owner)


@register.simple_tag
def next_milestone(review: Review) -> ReviewMilestone | None:
    """What the review waits for. Reads ``review.open_milestones`` where a list has prefetched them."""
    return next_act(review)


@register.simple_tag(name="today_where_owed")
def day_where_owed(review: Review, owner: str, now: dt.datetime | None = None) -> dt.date:
    """Which day it is where the States are that owe something: the date to count the days to a due date from."""
    return today_where_owed(review, owner, now or timezone.now())
