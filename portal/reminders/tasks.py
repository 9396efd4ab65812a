"""The tasks of the clock that plan the digests, and look at the record of acts by night."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="portal.watch_record")
def watch_record_task() -> None:
    from portal.reminders.record_watch import watch_record, watch_roots

    today = timezone.localdate()
    watch_record(today)
    watch_roots(today)


@shared_task(name="portal.plan_reminders")
def plan_reminders_task() -> None:
    from portal.reminders.planner import plan_reminders

    plan_reminders()
