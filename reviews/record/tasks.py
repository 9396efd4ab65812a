"""The task of the clock that looks at the record of acts by night."""

from celery import shared_task
from django.utils import timezone

from core import health


@shared_task(name="portal.watch_record")
def watch_record_task() -> None:
    from reviews.record.watch import watch_record, watch_roots

    today = timezone.localdate()
    broken = watch_record(today)
    if not watch_roots(today) and not broken:
        health.show_life(health.RECORD)
