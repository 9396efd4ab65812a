"""The task that reminds a State of dates that it has set itself."""

from celery import shared_task
from django.utils import timezone

from core.database.identity import identified_as
from core.policy import SystemActor


@shared_task(name="observations.remind_follow_up")
def remind_follow_up_task() -> None:
    from observations.follow_up.services import remind_of_follow_up

    with identified_as(SystemActor("observations.remind_follow_up")):
        remind_of_follow_up(timezone.localdate())
