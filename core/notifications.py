"""The outbox: mails are rows first and leave after the transaction that caused them has committed."""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.enums import NotificationStatus
from core.i18n import interface_language, language
from core.models import Notification
from core.text import plain_line

logger = logging.getLogger(__name__)
MAXIMUM_ATTEMPTS = 8


def queue(recipient: Any, template: str, context: dict[str, Any], *, key: str) -> Notification | None:
    """Owe ``recipient`` a mail; None when a mail with this ``key`` was owed before (no second one is sent).

    ``template`` names ``templates/email/<template>.txt``, ``.html`` and ``_subject.txt``. ``context`` must be JSON
    and must not hold confidential text: mail is not a confidential channel. With ``address`` in it the mail goes there,
    and not to the address of the account (which has just changed).
    """
    notification, is_new = Notification.objects.get_or_create(
        key=key, defaults={"recipient": recipient, "template": template, "context": context}
    )
    if not is_new:
        return None
    from core.tasks import deliver_notification_task

    # Robust: where the queue cannot be reached, the act stands and the mail leaves with ``waiting_ids``.
    transaction.on_commit(lambda: deliver_notification_task.delay(str(notification.pk)), robust=True)
    return notification


def waiting_ids() -> list[str]:
    """Mails that should have left by now: never tried for five minutes, or due for another try."""
    now = timezone.now()
    waiting = Notification.objects.filter(status=NotificationStatus.QUEUED).filter(
        Q(next_attempt_at__lte=now) | Q(next_attempt_at=None, created_at__lte=now - dt.timedelta(minutes=5))
    )
    return [str(pk) for pk in waiting.values_list("pk", flat=True)[:500]]


def deliver(notification_id: str) -> bool:
    """Send one mail; give whether it left. A row that another worker holds or that was sent before is left alone."""
    with transaction.atomic():
        notification = (
            Notification.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("recipient")
            .filter(pk=notification_id, status=NotificationStatus.QUEUED)
            .first()
        )
        if notification is None:
            return False
        notification.attempts += 1
        try:
            _send(notification)
        except Exception as error:  # any transport may fail in its own way; the row keeps what it said
            _note_failure(notification, error)
            return False
        notification.status, notification.sent_at, notification.error = NotificationStatus.SENT, timezone.now(), ""
        notification.save()
    return True


def _note_failure(notification: Notification, error: Exception) -> None:
    logger.warning("notification %s failed, attempt %s: %s", notification.pk, notification.attempts, error)
    notification.error = str(error)[:2000]
    notification.next_attempt_at = timezone.now() + dt.timedelta(minutes=2**notification.attempts)
    if notification.attempts >= MAXIMUM_ATTEMPTS:
        notification.status = NotificationStatus.FAILED
    notification.save()


def _send(notification: Notification) -> None:
    recipient = notification.recipient
    code = interface_language(recipient.language)
    with translation.override(code):
        context = {
            **notification.context,
            "recipient": recipient,
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL.rstrip("/"),
            "page_language": language(code),
        }
        name = f"email/{notification.template}"
        subject = plain_line(render_to_string(f"{name}_subject.txt", context))
        message = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string(f"{name}.txt", context),
            to=[notification.context.get("address") or recipient.email],
            headers={
                "Message-ID": f"<{notification.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0].split('/')[0]}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    message.send()
