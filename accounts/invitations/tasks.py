from celery import shared_task

from core.database.identity import identified_as
from core.policy import SystemActor


@shared_task(name="accounts.owe_password_links")
def owe_password_links_task() -> None:
    from accounts.invitations.services.invitations import owe_password_links

    with identified_as(SystemActor("accounts.owe_password_links")):
        owe_password_links()
