"""The task that closes polls which wait for no State any more."""

from celery import shared_task

from core.database.identity import identified_as
from core.policy import SystemActor

_NAME = "reviews.settle_polls"


@shared_task(name=_NAME)
def settle_polls_task() -> None:
    from reviews.polls.services import settle_polls

    with identified_as(SystemActor(_NAME)):
        settle_polls()
