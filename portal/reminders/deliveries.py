"""Mails and how they fared, for the secretariat: to whom, about what, when, what went wrong; never their words."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Affiliation, User
from core.enums import NotificationStatus
from core.models import Notification

_NO_ADDRESS = gettext_lazy("The mail server says that there is no such mailbox, or that it takes no mail.")
_NO_ANSWER = gettext_lazy("The mail server did not answer or could not be reached.")
_REFUSED = gettext_lazy("The mail server refused the mail for another reason than the address.")
_WORDS: list[tuple[tuple[str, ...], Promise]] = [
    (("timed out", "refused", "unexpectedly closed", "Name or service", "Network", "reset by peer"), _NO_ANSWER),
]


def deliveries(*, text: str = "", state: str = "", review: str = "", day: dt.date | None = None, status: str = "") -> (
    QuerySet[Notification]
):  # fmt: skip
    """The newest first. ``state`` is the code of a State to which the person belongs, ``review`` what it is about."""
    found = Notification.objects.select_related("recipient").order_by("-created_at", "pk")
    if text:
        found = found.filter(recipient__in=User.objects.filter(full_name__icontains=text) | _by_address(text))
    if state:
        belongs = Affiliation.objects.filter(ends_on=None, state_party__iso3__iexact=state)
        found = found.filter(recipient__in=belongs.values("user"))
    if review:
        found = found.filter(about__contains=[review.upper()])
    if day:
        found = found.filter(created_at__date=day)
    return found.filter(status=status) if status else found


def _by_address(text: str) -> QuerySet[User]:
    return User.objects.filter(email__icontains=text)


def get_delivery(key: str) -> Notification:
    """One mail. Raises Http404 when there is none; the caller asks the policy."""
    found = Notification.objects.select_related("recipient").filter(pk=key).first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def reason(notification: Notification) -> str:
    """Why a mail did not leave, or came back, in words; empty where nothing went wrong."""
    if notification.status == NotificationStatus.BOUNCED:
        return str(_NO_ADDRESS)
    if not notification.error:
        return ""
    return next(
        (str(words) for marks, words in _WORDS if any(mark in notification.error for mark in marks)), str(_REFUSED)
    )


def may_be_tried_again(notification: Notification) -> bool:
    return notification.status in {NotificationStatus.FAILED, NotificationStatus.BOUNCED}


def rows_of(notifications: Any) -> list[dict[str, Any]]:
    return [
        {"mail": mail, "reason": reason(mail), "may_be_tried_again": may_be_tried_again(mail)} for mail in notifications
    ]


def bouncing(people: list[UUID]) -> set[UUID]:
    """Those whose address bounces: the last mail of theirs of which anything is known came back from it."""
    last = Notification.objects.filter(
        recipient=OuterRef("pk"), status__in=[NotificationStatus.SENT, NotificationStatus.BOUNCED]
    ).order_by(Coalesce("bounced_at", "sent_at").desc())
    told = User.objects.filter(pk__in=people).annotate(
        last_status=Subquery(last.values("status")[:1]), last_address=Subquery(last.values("address")[:1])
    )
    return {
        key
        for key, email, status, address in told.values_list("pk", "email", "last_status", "last_address")
        if status == NotificationStatus.BOUNCED and address.lower() == email.lower()
    }
