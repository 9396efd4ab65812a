"""The tasks that make what is owed to missions, tell of what has come, and write again to who is silent."""

from celery import shared_task
from django.utils import timezone

from core.database.identity import identified_as
from core.policy import SystemActor


@shared_task(name="reviews.carry_on_outreach")
def carry_on_outreach_task() -> None:
    from reviews.outreach.services.received import tell_of_received
    from reviews.outreach.services.sending import renew_links, send_owed_letters

    with identified_as(SystemActor("reviews.carry_on_outreach")):
        renew_links()
        send_owed_letters()
        tell_of_received()


@shared_task(name="reviews.repeat_letters")
def repeat_letters_task() -> None:
    from reviews.outreach.services.repeats import repeat_letters, tell_of_unanswered

    with identified_as(SystemActor("reviews.repeat_letters")):
        repeat_letters(timezone.now())
        tell_of_unanswered(timezone.now())
