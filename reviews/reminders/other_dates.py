"""Reminders of dates that stand beside the plan of a review: a State's own, or those asked of it by another."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from accounts.people.models import User
from reviews.cases.enums import Side
from reviews.cases.models import Review
from reviews.participation import focal_points_of
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

    def told(self, review: Review, day: int) -> list[User]:
        """Who of the State under review hears of what ``reached`` has found, like reminders of the plan.

        Its focal points, and whoever stands in for one who is away. Before the day nobody who has muted the review, or
        is away with somebody standing in; on it and after it every focal point: somebody has to hear it for the State.
        """
        people = focal_points_of(review, Side.UNDER_REVIEW)
        deputies = self._deputies(review, people)
        if day < 0:
            away = {"absences__starts_on__lte": self.today, "absences__ends_on__gte": self.today}
            is_with_others = User.objects.filter(absences__deputy__in=deputies, **away)
            left_out = {*is_with_others, *User.objects.filter(mutes__review=review)}
            people = [user for user in people if user not in left_out]
        return [*people, *(user for user in deputies if user not in people)]

    def _deputies(self, review: Review, people: Sequence[User]) -> list[User]:
        """Those who take part for the same State, whatever a person who is away has written down."""
        standing_in = {
            "deputised_absences__user__in": people,
            "deputised_absences__starts_on__lte": self.today,
            "deputised_absences__ends_on__gte": self.today,
        }
        takes_part = {
            "participations__review": review,
            "participations__state_party": review.state_under_review_id,
            "participations__ended_at": None,
            "participations__role__in": ["focal_point", "governmental_expert"],
        }
        return list(User.objects.filter(is_active=True, **standing_in).filter(**takes_part).distinct())

    def _rules(self, review: Review) -> list[int]:
        if review.mechanism_id not in self._days:
            rules = rule_set_of(review.mechanism)
            self._days[review.mechanism_id] = [
                day
                for audience, day in rules
                if audience == ReminderAudience.FOCAL_POINTS and (day <= 0 or not self.before_only)
            ]
        return self._days[review.mechanism_id]
