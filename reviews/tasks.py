from celery import shared_task
from django.utils import timezone


@shared_task(name="reviews.send_deadline_reminders")
def send_deadline_reminders_task() -> None:
    from reviews.services.reminders import send_deadline_reminders

    send_deadline_reminders(timezone.localdate())
