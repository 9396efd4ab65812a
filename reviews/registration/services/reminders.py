"""Reminders by hand. Those that leave by themselves are planned by ``portal.reminders``."""

from django.db import transaction
from django.utils import timezone

from accounts.people import Actor
from core import audit
from core.policy import require
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.due import next_act
from reviews.participation import debtors_of
from reviews.registration.mails import notify_due


@transaction.atomic
def remind(actor: Actor, review: Review) -> int:
    """Remind by hand whoever owes the next act; give how many mails were queued.

    At most once a day for each review and person, whatever the next act of the day is by then. The mail is a row with a
    key, so that it leaves exactly once (docs/adr/0018).
    """
    require(actor, ReviewAction.REMIND, review)
    milestone = next_act(review)
    if milestone is None:
        return 0
    key = f"by-hand:{timezone.localdate().isoformat()}"
    debtors = debtors_of(review, milestone.plan.owed_by)
    queued = sum(notify_due(user, review, milestone, key=key) for user in debtors)
    audit.record(actor, "reviews.review.reminded", review, after={"milestone": milestone.plan.slug, "mails": queued})
    return queued
