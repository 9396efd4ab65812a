"""What the secretariat does about mails that did not arrive."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.links import names_ended_link
from accounts.people import Actor
from accounts.people.enums import AccountAction
from core import audit
from core.errors import ServiceError
from core.mail import notifications
from core.models import Notification
from core.policy import require


@transaction.atomic
def retry_delivery(*, actor: Actor, notification: Notification) -> None:
    """Have a mail that was given up or came back sent once more, to the address that the person has now."""
    require(actor, AccountAction.RETRY_DELIVERY)
    if notification.other_address and names_ended_link(notification.context):
        message = _("The link in this mail was ended: its office has left the list or has another address by now.")
        raise ServiceError(message)
    if not notifications.try_again(notification):
        raise ServiceError(_("Only a mail that failed or bounced is sent again."))
    audit.record(actor, "accounts.mail.tried_again", notification.recipient, after={"template": notification.template})
