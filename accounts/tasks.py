from celery import shared_task

from core.acting import acting_as
from core.policy import SystemActor


@shared_task(name="accounts.owe_password_link")
def owe_password_link_task(email: str) -> None:
    from accounts.services.invitations import owe_password_link

    with acting_as(SystemActor("accounts.owe_password_link")):
        owe_password_link(email)
