"""The outbox: mails are rows first and leave after the transaction that caused them has committed."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.delivery import MAXIMUM_ATTEMPTS, deliver, waiting_ids
from core.enums import NotificationStatus
from core.models import Notification

__all__ = ["MAXIMUM_ATTEMPTS", "deliver", "queue", "queue_many", "try_again", "waiting_ids"]
# How many mails one task of the queue delivers, one after the other.
TOGETHER = 50


def queue(recipient: Any, template: str, context: dict[str, Any], *, key: str) -> Notification | None:
    """Owe ``recipient`` a mail; None when a mail with this ``key`` was owed before (no second one is sent).

    ``template`` names ``templates/email/<template>.txt``, ``.html`` and ``_subject.txt``. ``context`` must be JSON
    and must not hold confidential text: mail is not a confidential channel. With ``address`` in it the mail goes there,
    and not to the address of the account (which has just changed). Its ``code`` is what the mail is about.
    """
    about = [context["code"]] if context.get("code") else []
    notification, is_new = Notification.objects.get_or_create(
        key=key, defaults={"recipient": recipient, "template": template, "context": context, "about": about}
    )
    if not is_new:
        return None
    from core.tasks import deliver_notification_task

    # Robust: where the queue cannot be reached, the act stands and the mail leaves with ``waiting_ids``.
    transaction.on_commit(lambda: deliver_notification_task.delay(str(notification.pk)), robust=True)
    return notification


@transaction.atomic
def queue_many(notifications: Sequence[Notification]) -> int:
    """Owe many mails at once, in two statements; give how many are new. As with ``queue``, one for each key."""
    from core.tasks import deliver_notifications_task

    Notification.objects.bulk_create(notifications, ignore_conflicts=True)
    keys = [notification.pk for notification in notifications]
    new = [str(pk) for pk in Notification.objects.filter(pk__in=keys).values_list("pk", flat=True)]
    for start in range(0, len(new), TOGETHER):
        ids = new[start : start + TOGETHER]
        transaction.on_commit(lambda ids=ids: deliver_notifications_task.delay(ids), robust=True)  # type: ignore[misc]
    return len(new)


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
    from core.tasks import deliver_notification_task

    transaction.on_commit(lambda: deliver_notification_task.delay(str(notification.pk)), robust=True)
    return True
