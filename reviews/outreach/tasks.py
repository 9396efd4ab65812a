"""The task that makes what is owed to missions, and tells of what has come from them."""

from celery import shared_task

from core.database.identity import identified_as
from core.policy import SystemActor


@shared_task(name="reviews.carry_on_outreach")
def carry_on_outreach_task() -> None:
    from reviews.outreach.services.letters import renew_links, send_owed_letters
    from reviews.outreach.services.received import tell_of_received

    with identified_as(SystemActor("reviews.carry_on_outreach")):
        renew_links()
        send_owed_letters()
        tell_of_received()
