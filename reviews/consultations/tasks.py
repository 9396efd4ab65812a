"""The task of the clock that counts silence."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="reviews.count_silence")
def count_silence_task() -> None:
    from reviews.consultations.services import count_silence

    count_silence(timezone.localdate())
