"""How mails fared, in words that people understand."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy as _

from core.enums import NotificationStatus
from core.language.i18n import interface_language
from core.mail.messages import subject_of
from core.models import Notification

LAST_SHOWN = 5
NOT_ARRIVED = (NotificationStatus.FAILED, NotificationStatus.BOUNCED)
_NO_MAILBOX = _("The mail server says that there is no such mailbox, or that it takes no mail.")
_REFUSED = _("The mail server did not take the mail, for another reason than the address.")
_NO_ANSWER = _("The mail server did not answer, or could not be reached.")
_MARKS_OF_NO_ANSWER = ("timed out", "Connection", "Name or service", "Network", "reset by peer", "unreachable")


def reason(notification: Notification) -> str | Promise:
    """Why a mail did not leave, or came back; empty where nothing went wrong."""
    if notification.status == NotificationStatus.BOUNCED:
        return _NO_MAILBOX
    if not notification.error:
        return ""
    return _NO_ANSWER if any(mark in notification.error for mark in _MARKS_OF_NO_ANSWER) else _REFUSED


_shown: set[str] = set()


def register_told(*templates: str) -> None:
    """Mails of the secretariat's own business with a person, whose subjects a list of mails may show.

    All others are of what goes on within a State or an account (who hands what to whom, who signs in where): the
    secretariat does not read it.
    """
    _shown.update(templates)


def _told(mail: Notification) -> str | Promise:
    if mail.template in _shown:
        return subject_of(mail)
    return _("About the account") if mail.template.startswith("accounts/") else _("News of a review")


def rows_of(notifications: Iterable[Notification]) -> list[dict[str, Any]]:
    """What a table of mails shows."""
    return [
        {
            "mail": mail,
            "subject": _told(mail),
            "language": interface_language(mail.recipient.language) if mail.template in _shown else get_language(),
            "reason": reason(mail),
            "may_be_tried_again": mail.status in NOT_ARRIVED,
        }
        for mail in notifications
    ]


def mails_told() -> QuerySet[Notification]:
    """Those of which anybody but their recipients learns: every report on mails begins here."""
    return Notification.objects.filter(is_private=False)


def last_mails_to(person: Any) -> QuerySet[Notification]:
    return mails_told().filter(recipient=person).select_related("recipient").order_by("-created_at")[:LAST_SHOWN]


def bouncing(people: Iterable[UUID]) -> set[UUID]:
    """Those whose present address bounces: the last mail of which anything is known came back from it. One query."""
    settled = (
        mails_told()
        .filter(
            recipient__in=list(people),
            other_address="",
            status__in=[NotificationStatus.SENT, NotificationStatus.BOUNCED],
        )
        .annotate(known_at=Coalesce("bounced_at", "sent_at"))
    )
    last = settled.order_by("recipient", "-known_at").distinct("recipient")
    told = last.values_list("recipient", "status", "address", "recipient__email")
    return {
        key
        for key, status, address, email in told
        if status == NotificationStatus.BOUNCED and address.lower() == email.lower()
    }


def unreached() -> QuerySet[Notification]:
    """Of everybody with an account whom mails do not reach, the last that did not arrive; one query.

    Nobody is unreached whose address has been changed since, or to whom a later mail has gone.
    """
    arrived = mails_told().filter(status=NotificationStatus.SENT, other_address="")
    later = arrived.filter(recipient=OuterRef("recipient"), sent_at__gt=OuterRef("created_at"))
    lost = mails_told().filter(status__in=NOT_ARRIVED, recipient__is_active=True).exclude(Exists(later))
    lost = lost.alias(sent_to=Lower("address"), lives_at=Lower("recipient__email")).filter(sent_to=F("lives_at"))
    return lost.order_by("recipient_id", "-created_at").distinct("recipient_id")
