"""Reminders: one mail to each person who owes the next act."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from core import audit
from core.policy import Actor, SystemActor, require
from reviews.enums import ReviewAction
from reviews.models import Review, ReviewMilestone
from reviews.notifications import notify_due
from reviews.selectors.participation import debtors_of
from reviews.selectors.reviews import next_act

# Days from today to the indicative date on which a reminder leaves by itself.
REMINDER_DAYS = (14, 3, 0, -7, -30)


@transaction.atomic
def remind(actor: Actor, review: Review) -> int:
    """Remind by hand whoever owes the next act, at most once a day; give how many mails were queued."""
    require(actor, ReviewAction.REMIND, review)
    milestone = next_act(review)
    if milestone is None:
        return 0
    queued = _notify(review, milestone, key=f"by-hand:{timezone.localdate().isoformat()}")
    audit.record(actor, "reviews.review.reminded", review, after={"milestone": milestone.plan.slug, "mails": queued})
    return queued


def send_deadline_reminders(today: dt.date) -> int:
    """Queue the reminders that fall on ``today`` over all reviews; doing it twice on a day sends none twice."""
    due_dates = [today + dt.timedelta(days=days) for days in REMINDER_DAYS]
    reviews = (
        Review.objects.filter(milestones__reached_on=None, milestones__due_on__in=due_dates)
        .select_related("mechanism", "step", "state_under_review", "officer")
        .distinct()
    )
    queued = 0
    for review in reviews.iterator(chunk_size=200):
        milestone = next_act(review)
        if milestone is None or milestone.due_on not in due_dates:
            continue
        with transaction.atomic():
            sent = _notify(review, milestone, key=f"plan:{milestone.due_on.isoformat()}:{today.isoformat()}")
            if sent:
                actor = SystemActor("reviews.send_deadline_reminders")
                audit.record(actor, "reviews.review.reminded", review, after={"milestone": milestone.plan.slug})
        queued += sent
    return queued


def _notify(review: Review, milestone: ReviewMilestone, *, key: str) -> int:
    debtors = debtors_of(review, milestone.plan.owed_by)
    return sum(notify_due(user, review, milestone, key=key) for user in debtors)
