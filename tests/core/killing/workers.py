"""What the workers do that are killed."""

import datetime as dt
import time

from django.db import connections
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as_system
from core.enums import NotificationStatus
from core.mail import delivery
from core.mail.messages import render
from core.models import Notification
from portal.reminders import planner

_SETTLED = {NotificationStatus.SENT, NotificationStatus.FAILED, NotificationStatus.BOUNCED}


def plan(moment: str) -> None:
    """Plan the digests that are due at a moment, a few people at a time, so that there is much between two of them."""
    planner.BATCH = 4
    with identified_as_system():
        planner.plan_reminders(dt.datetime.fromisoformat(moment))


def warm_up() -> None:
    """Load addresses, templates and words before anybody is forked."""
    reverse("portal:reminders")
    context = {"code": "1-XVE", "milestone": "Answers", "due_on": "2022-05-01", "path": "/en/"}
    now = timezone.now()
    render(Notification(recipient=User(email="a@b.example"), template="reviews/due", context=context, created_at=now))
    connections.close_all()  # what the name of the portal was asked by: each who is forked opens one of its own


def deliver() -> None:
    """Deliver what is due, in any order, until everything is settled. A failure waits for a moment, not for minutes."""
    delivery._wait = lambda attempts: dt.timedelta(milliseconds=50)
    delivery.MAXIMUM_ATTEMPTS = 100
    while Notification.objects.exclude(status__in=_SETTLED).exists():
        now = timezone.now()
        is_due = Q(status=NotificationStatus.QUEUED) & (Q(next_attempt_at=None) | Q(next_attempt_at__lte=now))
        due = Notification.objects.filter(is_due | Q(status=NotificationStatus.SENDING, lease_until__lt=now))
        ids = list(due.order_by("?").values_list("pk", flat=True)[:40])
        for key in ids:
            delivery.deliver(str(key))
        if not ids:
            time.sleep(0.05)
