"""The task that reminds a State of requests for clarification that wait for its answer."""

from celery import shared_task
from django.utils import timezone

from core.database.identity import identified_as
from core.policy import SystemActor


@shared_task(name="dialogue.remind_requests")
def remind_requests_task() -> None:
    from dialogue.clarifications.services import remind_of_requests

    with identified_as(SystemActor("dialogue.remind_requests")):
        remind_of_requests(timezone.localdate())
