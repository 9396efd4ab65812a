"""Dates that a State has set itself for what was agreed, once they draw near."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from observations.follow_up import due_soon
from portal.work.tasks import NEAR_DAYS, DueDay, Task, Workload
from reviews.cases.enums import Grant, Side
from reviews.programme.enums import StepKind


def dated_items(workload: Workload) -> Iterator[Task]:
    """One line for each review of an own State, by the first of the dates; nobody else waits for it."""
    places = [
        place
        for place in workload.at(StepKind.AGREED_TEXT, StepKind.CLOSING)
        if place.capacity.side == Side.UNDER_REVIEW and place.capacity.has(Grant.DRAFT)
    ]
    if not places:
        return
    today = timezone.localdate(workload.now)
    near = due_soon([place.review for place in places], today, today + dt.timedelta(days=NEAR_DAYS))
    for place in places:
        if place.review.pk in near:
            number, first = near[place.review.pk]
            what = ngettext(
                "Follow up %(number)d agreed observation by the date that your State has set",
                "Follow up %(number)d agreed observations by the dates that your State has set",
                number,
            )
            yield place.task(
                what % {"number": number},
                url=place.url("observations:follow-up"),
                button=_("See the follow-up"),
                why=_("%(state)s has set itself these dates; nobody else waits for it.") % {"state": place.state},
                due=DueDay(first, today),
            )
