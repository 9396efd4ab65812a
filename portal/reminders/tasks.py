"""The task of the clock that plans the digests."""

from celery import shared_task


@shared_task(name="portal.plan_reminders")
def plan_reminders_task() -> None:
    from portal.reminders.planner import plan_reminders

    plan_reminders()
