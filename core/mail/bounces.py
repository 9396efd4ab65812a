"""Mails that come back: the answer of the mail server for an address, and delivery status notifications (RFC 3464)."""

import re
import uuid
from collections.abc import Iterator
from email.message import Message
from smtplib import SMTPRecipientsRefused

from django.db.models import Q
from django.utils import timezone

from core.enums import NotificationStatus
from core.models import Notification

_KEY = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^>\s]+>", re.IGNORECASE)
# Subjects of enhanced status codes that speak of the address or its mailbox (RFC 3463, section 3).
_OF_THE_ADDRESS = {"1", "2"}
_ENHANCED = re.compile(r"\b5\.(\d{1,3})\.\d{1,3}\b")


def is_refused_for_good(error: Exception) -> bool:
    """Whether the server has refused the address itself. A refusal of us (a policy, say) is no fault of the address."""
    if not isinstance(error, SMTPRecipientsRefused) or not error.recipients:
        return False
    return all(_is_final(code, _words(text)) for code, text in error.recipients.values())


def _words(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


def _is_final(code: int, words: str) -> bool:
    enhanced = _ENHANCED.search(words)
    return 500 <= code <= 599 and (enhanced is None or enhanced[1] in _OF_THE_ADDRESS)


def note_bounce(report: Message) -> int:
    """Note what a delivery status notification says of our mails; give how many have bounced by it.

    It is matched by the Message-ID of the mail that it returns, which nobody can guess who never got that mail.
    Reports of a delay or of success change nothing, and neither does a mail that is no report.
    """
    reason = _reason(report)
    keys = list(_keys(report))
    if reason is None or not keys:
        return 0
    sent = Notification.objects.filter(Q(status__in=[NotificationStatus.SENT, NotificationStatus.SENDING]), pk__in=keys)
    return sent.update(
        status=NotificationStatus.BOUNCED,
        bounced_at=timezone.now(),
        error=reason[:2000],
        claim=None,
        lease_until=None,
        updated_at=timezone.now(),
    )


def _reason(report: Message) -> str | None:
    """What the report says of the first address that failed; None when none did."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        groups = part.get_payload()
        for group in groups if isinstance(groups, list) else []:
            if isinstance(group, Message) and str(group.get("Action", "")).strip().lower() == "failed":
                words = [str(group.get(name, "")).strip() for name in ("Status", "Diagnostic-Code")]
                return " ".join(word for word in words if word) or "failed"
    return None


def _keys(report: Message) -> Iterator[uuid.UUID]:
    """Keys in the Message-ID of what is returned, be it the whole mail or its head."""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            heads = [str(each.get("Message-ID", "")) for each in inner if isinstance(each, Message)]
        elif kind == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
            heads = [line for line in text.splitlines() if line.lower().startswith("message-id:")]
        else:
            continue
        for head in heads:
            yield from (uuid.UUID(key) for key in _KEY.findall(head))
