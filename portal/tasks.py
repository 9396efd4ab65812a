from celery import shared_task
from django.utils import timezone


@shared_task(name="portal.watch_record")
def watch_record_task() -> None:
    from accounts.services.record_watch import watch_record

    watch_record(timezone.localdate())
