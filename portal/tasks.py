from celery import shared_task
from django.utils import timezone


@shared_task(name="portal.watch_record")
def watch_record_task() -> None:
    from accounts.services.record_watch import watch_record, watch_roots

    today = timezone.localdate()
    watch_record(today)
    watch_roots(today)


@shared_task(name="portal.plan_reminders")
def plan_reminders_task() -> None:
    from portal.reminders.planner import plan_reminders

    plan_reminders()


@shared_task(name="portal.render_cockpit")
def render_cockpit_task(job_id: str) -> None:
    from core import making
    from portal.pdf.cockpit import render_job

    making.run(job_id, render_job)
