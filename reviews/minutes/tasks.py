"""The task that agrees to notes which wait for no State any more."""

from celery import shared_task

from core.database.identity import identified_as
from core.policy import SystemActor

_NAME = "reviews.settle_notes"


@shared_task(name=_NAME)
def settle_notes_task() -> None:
    from reviews.minutes.services import settle_notes

    actor = SystemActor(_NAME)
    with identified_as(actor):
        settle_notes(actor)
