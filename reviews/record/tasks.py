"""The task of the clock that looks at the record of acts by night."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="portal.watch_record")
def watch_record_task() -> None:
    from reviews.record.watch import watch_record, watch_roots

    today = timezone.localdate()
    watch_record(today)
    watch_roots(today)
