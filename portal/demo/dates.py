"""More time that States of the demo have asked for: open, agreed, declined, and a pause that was agreed elsewhere."""

import datetime as dt

from core.policy import SystemActor
from portal.demo.plan import PlannedReview
from portal.demo.teams import Teams
from reviews.cases.models import Review, TimeChange
from reviews.dates import answer_time_change, ask_extension, ask_pause, milestone_of, record_time_change

_DAYS_MORE = 42


def ask_for_time(planned: PlannedReview, review: Review, teams: Teams) -> None:
    """What is asked for in this review, if anything."""
    review.refresh_from_db()
    first, second = teams.reviewing
    if planned.state == "XAL":
        change = _extend(review, teams, "answers_sent", "Parliament passes the new law on organized crime next month.")
        answer_time_change(actor=first.focal_point, change=change, agrees=True)
    elif planned.state == "XSK":
        change = _extend(review, teams, "feedback_sent", "The translation of three laws was received late.")
        for team in (first, second):
            answer_time_change(actor=team.focal_point, change=change, agrees=True)
    elif planned.state == "XMB":
        change = _extend(review, teams, "answers_sent", "Two ministries are being merged.")
        note = "We would rather see how far the answers have come by the date of the plan."
        answer_time_change(actor=second.focal_point, change=change, agrees=False, note=note)
    elif planned.state == "XLE":
        begins = review.starts_on + dt.timedelta(weeks=30)
        pause = ask_pause(
            actor=teams.own.focal_point,
            review=review,
            starts_on=begins,
            until=begins + dt.timedelta(days=27),
            reason="General elections, and a new government.",
        )
        record_time_change(
            actor=review.officer or SystemActor("seed_demo"), change=pause, how="By notes verbales of the three States."
        )


def _extend(review: Review, teams: Teams, slug: str, reason: str) -> TimeChange:
    milestone = milestone_of(review, slug)
    until = milestone.due_on + dt.timedelta(days=_DAYS_MORE)
    return ask_extension(actor=teams.own.focal_point, review=review, milestone=milestone, until=until, reason=reason)
