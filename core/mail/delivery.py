"""How a mail leaves: claimed, handed over, settled, each in a transaction of its own (docs/adr/0018).

Between the claim and the end no transaction is open, so that a slow mail server holds no row. A worker that dies leaves
a row whose lease runs out; the next one hands it over again with the same Message-ID. What was in doubt is counted.
"""

import datetime as dt
import logging
import random
import uuid
from contextlib import suppress
from email.errors import MessageError
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from socket import gaierror

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.enums import NotificationStatus
from core.mail.bounces import is_refused_for_good
from core.mail.messages import address_of, render
from core.models import Notification

logger = logging.getLogger(__name__)
# With the waits between them, that is two days of a mail server that does not answer.
MAXIMUM_ATTEMPTS = 12
LONGEST_WAIT = dt.timedelta(hours=12)
_WAITING_AT_ONCE = 5000
_SEVERAL_ATTEMPTS = 3


def waiting_ids() -> list[str]:
    """Mails that should have left: never tried for five minutes, due for another try, or left by a dead worker."""
    waiting = Notification.objects.filter(_waiting(timezone.now()))
    return [str(pk) for pk in waiting.order_by("created_at").values_list("pk", flat=True)[:_WAITING_AT_ONCE]]


def waits_since(now: dt.datetime) -> dt.datetime | None:
    """When the mail should have left that waits for longest."""
    due_at = Coalesce("lease_until", "next_attempt_at", "created_at")
    return Notification.objects.filter(_waiting(now)).aggregate(since=Min(due_at))["since"]


def count_waiting(now: dt.datetime) -> int:
    """How many mails should have left."""
    return Notification.objects.filter(_waiting(now)).count()


def retried_since() -> dt.datetime | None:
    """Since when the oldest mail is owed that was tried several times in vain, due for another try or not.

    Where the mail server is away each mail waits for its next try, and none is late (``waits_since``).
    """
    unsettled = Q(status__in=[NotificationStatus.QUEUED, NotificationStatus.SENDING])
    retried = Notification.objects.filter(unsettled, attempts__gte=_SEVERAL_ATTEMPTS)
    return retried.aggregate(since=Min("created_at"))["since"]


def _waiting(now: dt.datetime) -> Q:
    is_due = Q(status=NotificationStatus.QUEUED) & (
        Q(next_attempt_at__lte=now) | Q(next_attempt_at=None, created_at__lte=now - dt.timedelta(minutes=5))
    )
    return is_due | _abandoned(now)


def deliver(notification_id: str) -> bool:
    """Send one mail; give whether it left. A row that another worker holds or that was sent before is left alone."""
    notification = _claim(notification_id)
    if notification is None:
        return False
    try:
        message = render(notification)
        connection = get_connection()
        connection.open()
    except Exception as error:  # a template or a transport may fail in its own way; the row keeps what it said
        _note_failure(notification, error)
        return False
    try:
        if not _begin_hand_over(notification):
            return False
        message.connection = connection
        return _hand_over(notification, message)
    finally:
        with suppress(Exception):  # the mail is settled; that the server does not say goodbye changes nothing
            connection.close()


def _abandoned(now: dt.datetime) -> Q:
    return Q(status=NotificationStatus.SENDING, lease_until__lt=now)


@transaction.atomic
def _claim(notification_id: str) -> Notification | None:
    """Make the row this worker's for the time of the lease, which is longer than any hand-over can take."""
    now = timezone.now()
    notification = (
        Notification.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient")
        .filter(Q(status=NotificationStatus.QUEUED) | _abandoned(now), pk=notification_id)
        .first()
    )
    if notification is None:
        return None
    if notification.status == NotificationStatus.SENDING and notification.handed_over_at:
        notification.doubts += 1
    if notification.attempts >= MAXIMUM_ATTEMPTS:
        notification.status, notification.claim, notification.lease_until = NotificationStatus.FAILED, None, None
        notification.save()
        return None
    notification.status, notification.claim = NotificationStatus.SENDING, uuid.uuid4()
    notification.lease_until = now + dt.timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    notification.attempts += 1
    notification.handed_over_at = None
    notification.address = address_of(notification)
    notification.save()
    return notification


def _own(notification: Notification) -> QuerySet[Notification]:
    """The row, so long as it is still this worker's."""
    return Notification.objects.filter(pk=notification.pk, claim=notification.claim)


def _begin_hand_over(notification: Notification) -> bool:
    """Note that from here on nobody can know; False when the lease has run out meanwhile."""
    now = timezone.now()
    return bool(_own(notification).filter(lease_until__gt=now).update(handed_over_at=now))


def _hand_over(notification: Notification, message: EmailMultiAlternatives) -> bool:
    try:
        if not message.send():
            raise MessageError("The mail has no address.")
    except Exception as error:  # as above
        _note_failure(notification, error)
        return False
    settled = _own(notification).update(
        status=NotificationStatus.SENT,
        sent_at=timezone.now(),
        error="",
        claim=None,
        lease_until=None,
        next_attempt_at=None,
        updated_at=timezone.now(),
    )
    return bool(settled)


def _note_failure(notification: Notification, error: Exception) -> None:
    """An address that is refused for good has bounced; all else is tried again, later and later."""
    # What the server said stands in the row; it names the address.
    kind, code = type(error).__name__, getattr(error, "smtp_code", "no code")
    logger.warning("notification %s failed, attempt %s: %s, %s", notification.pk, notification.attempts, kind, code)
    now = timezone.now()
    facts: dict[str, object] = {
        "status": NotificationStatus.QUEUED,
        "next_attempt_at": now + _wait(notification.attempts),
    }
    if is_refused_for_good(error):
        facts = {"status": NotificationStatus.BOUNCED, "bounced_at": now, "next_attempt_at": None}
    elif notification.attempts >= MAXIMUM_ATTEMPTS:
        facts = {"status": NotificationStatus.FAILED, "next_attempt_at": None}
    own = _own(notification)
    if not _is_answer(error):
        own.exclude(handed_over_at=None).update(doubts=notification.doubts + 1)
    own.update(**facts, error=str(error)[:2000], claim=None, lease_until=None, handed_over_at=None, updated_at=now)


def _is_answer(error: Exception) -> bool:
    """Whether the server has said that it did not take the mail, or was never reached; otherwise it may have it."""
    return isinstance(error, SMTPResponseException | SMTPRecipientsRefused | ConnectionRefusedError | gaierror)


def _wait(attempts: int) -> dt.timedelta:
    """Twice as long each time, a fifth more or less, so that a server that is back does not meet all at once."""
    chance = random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    return min(dt.timedelta(minutes=2**attempts), LONGEST_WAIT) * chance
