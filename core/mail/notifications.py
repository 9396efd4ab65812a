"""The outbox: mails are rows first and leave after the transaction that caused them has committed."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.errors import UniqueViolation

from core.enums import NotificationStatus
from core.language.terminology import noting_words
from core.mail.delivery import MAXIMUM_ATTEMPTS, deliver, waiting_ids
from core.models import Notification

__all__ = ["MAXIMUM_ATTEMPTS", "deliver", "newest_keys", "queue", "queue_many", "try_again", "waiting_ids"]
# How many mails one task of the queue delivers, one after the other.
TOGETHER = 50
# Arrays instead of a row of parameters for each mail: a third of the time for hundreds of them.
_INSERT = """
    INSERT INTO core_notification (id, recipient_id, key, template, context, about,
        status, created_at, updated_at, attempts, error, address, other_address, doubts, is_private)
    SELECT id, recipient_id, key, template, context, coalesce(string_to_array(nullif(about, ''), ','), '{}'),
        %s, %s, %s, 0, '', '', '', 0, false
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::jsonb[], %s::text[])
        AS owed (id, recipient_id, key, template, context, about)
    ON CONFLICT DO NOTHING
    RETURNING id
"""
_NEWEST = """
    SELECT (SELECT max(key) FROM core_notification WHERE key BETWEEN wanted.first AND wanted.last)
    FROM unnest(%s::text[], %s::text[]) AS wanted (first, last)
"""


def queue(
    recipient: Any,
    template: str,
    context: dict[str, Any],
    *,
    key: str,
    other_address: str = "",
    is_private: bool = False,
) -> Notification | None:
    """Owe ``recipient`` a mail; None when a mail with this ``key`` was owed before (no second one is sent).

    ``template`` names ``templates/email/<template>.txt``, ``.html`` and ``_subject.txt``. ``context`` must be JSON
    and must not hold confidential text: mail is not a confidential channel. Its ``code`` is what the mail is about.
    With ``other_address`` the mail goes there, and not to the address of the account (which has just changed). That a
    mail ``is_private`` was sent, and whether it arrived, is told to nobody.

    Raises ValidationError where that is no address, and ValueError where the context seems to say where the mail goes.
    """
    if "address" in context:
        raise ValueError("Where a mail goes is said by other_address, and by nothing in its context.")
    if other_address:
        validate_email(other_address)
    context = noting_words(context)
    about = [context["code"]] if context.get("code") else []
    owed = {
        "recipient": recipient,
        "template": template,
        "context": context,
        "about": about,
        "other_address": other_address,
        "is_private": is_private,
    }
    try:
        notification, is_new = Notification.objects.get_or_create(key=key, defaults=owed)
    except IntegrityError as error:
        if not (is_private and isinstance(error.__cause__, UniqueViolation)):
            raise
        return None  # row security tells of a private mail nobody but its recipient, also not who owes it again
    if not is_new:
        return None
    from core.mail.tasks import deliver_notification_task

    # Robust: where the queue cannot be reached, the act stands and the mail leaves with ``waiting_ids``.
    transaction.on_commit(lambda: deliver_notification_task.delay(str(notification.pk)), robust=True)
    return notification


@transaction.atomic
def queue_many(notifications: Sequence[Notification]) -> int:
    """Owe many mails at once, in one statement; give how many are new. As with ``queue``, one for each key.

    Only recipient, key, template, context and ``about`` of the rows count; the codes in it hold no comma.
    """
    from core.mail.tasks import deliver_notifications_task

    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [NotificationStatus.QUEUED.value, now, now, *_columns(notifications)])
        new = [str(pk) for (pk,) in cursor.fetchall()]
    for start in range(0, len(new), TOGETHER):
        ids = new[start : start + TOGETHER]
        transaction.on_commit(lambda ids=ids: deliver_notifications_task.delay(ids), robust=True)  # type: ignore[misc]
    return len(new)


def _columns(notifications: Sequence[Notification]) -> list[list[str]]:
    return [
        [str(row.pk) for row in notifications],
        [str(row.recipient_id) for row in notifications],
        [row.key for row in notifications],
        [row.template for row in notifications],
        [json.dumps(noting_words(row.context)) for row in notifications],
        [",".join(row.about) for row in notifications],
    ]


def newest_keys(ranges: Sequence[tuple[str, str]]) -> list[str]:
    """The last key in each range, in the order of text with both ends, for which a mail is owed or was sent."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [[first for first, _last in ranges], [last for _first, last in ranges]])
        return [key for (key,) in cursor.fetchall() if key is not None]


@transaction.atomic
def try_again(notification: Notification) -> bool:
    """Queue a mail anew that was given up or came back; False when it is not such a one (any more)."""
    given_up = Notification.objects.filter(
        pk=notification.pk, status__in=[NotificationStatus.FAILED, NotificationStatus.BOUNCED]
    )
    if not given_up.update(
        status=NotificationStatus.QUEUED, attempts=0, next_attempt_at=timezone.now(), updated_at=timezone.now()
    ):
        return False
    from core.mail.tasks import deliver_notification_task

    transaction.on_commit(lambda: deliver_notification_task.delay(str(notification.pk)), robust=True)
    return True
