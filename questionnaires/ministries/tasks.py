"""The task that reminds of what was sent to ministries."""

from celery import shared_task
from django.utils import timezone

from core.database.identity import identified_as
from core.policy import SystemActor


@shared_task(name="questionnaires.remind_ministries")
def remind_ministries_task() -> None:
    from questionnaires.ministries.services import remind_of_assignments

    with identified_as(SystemActor("questionnaires.remind_ministries")):
        remind_of_assignments(timezone.localdate())
