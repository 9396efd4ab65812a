"""The task that carries out what came through the one door and is due."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="reviews.carry_out_access")
def carry_out_access_task() -> None:
    from reviews.access.services import carry_out_due

    carry_out_due(timezone.now())
