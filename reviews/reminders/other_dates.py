"""Reminders of dates that stand beside the plan of a review: a State's own, or those asked of it by another."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from reviews.cases.models import Review
from reviews.reminders.enums import ReminderAudience
from reviews.reminders.selectors import rule_set_of

CATCH_UP = 7  # days in which a reminder that was missed is still sent


class OtherDates:
    """By the rules for focal points of each review's mechanism, as they stand on the day ``today``.

    ``before_only``: nobody is told that a date has passed.
    """

    def __init__(self, today: dt.date, *, before_only: bool = False) -> None:
        self.today, self.before_only = today, before_only
        self._days: dict[UUID, list[int]] = {}

    def reached(self, review: Review, due_on: dt.date | None, since: dt.datetime) -> int | None:
        """The last day of a rule (after ``due_on``, before it if negative) that has come since the date was set.

        None where there is none, or where it was missed for long.
        """
        if due_on is None:
            return None
        gone, known = (self.today - due_on).days, (timezone.localdate(since) - due_on).days
        days = self._rules(review)
        return max((day for day in days if day <= gone < day + CATCH_UP and day > known), default=None)

    def _rules(self, review: Review) -> list[int]:
        if review.mechanism_id not in self._days:
            rules = rule_set_of(review.mechanism)
            self._days[review.mechanism_id] = [
                day
                for audience, day in rules
                if audience == ReminderAudience.FOCAL_POINTS and (day <= 0 or not self.before_only)
            ]
        return self._days[review.mechanism_id]
