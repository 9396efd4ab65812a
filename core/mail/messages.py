"""A mail as a message in the language of its reader, and the signed name by which its button is known again."""

import datetime as dt
from collections.abc import Mapping
from email.encoders import encode_base64
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.institution.facts import site_name
from core.institution.looks import looks
from core.language.i18n import interface_language, language
from core.language.terminology import speaking_as_noted
from core.language.text import plain_line
from core.models import Notification

# The name in the query of an address to which the button of a mail leads.
MAIL_PARAMETER = "mail"
_SIGNER = signing.Signer(salt="core.mail")


class MailMessage(EmailMultiAlternatives):
    """A message that is the same to the letter whenever it is made from its row: no ``boundary`` by chance."""

    boundary = ""

    def message(self, **options: Any) -> Any:
        message = super().message(**options)
        inner = [part for part in message.walk() if part.is_multipart() and part is not message]
        message.set_boundary(f"=={self.boundary}==")
        for number, part in enumerate(inner, start=1):
            part.set_boundary(f"=={self.boundary}.{number}==")
        return message


def subject_of(notification: Notification) -> str:
    """What stands over the mail, in the language of its reader, as it was sent."""
    code = interface_language(notification.recipient.language)
    with translation.override(code), speaking_as_noted(notification.context):
        context = _context(notification, code)
        return plain_line(render_to_string(f"email/{notification.template}_subject.txt", context))


def message_id(notification: Notification) -> str:
    """The same at every hand-over, so that a mailbox knows a repeated one again (RFC 5322, section 3.6.4)."""
    return f"<{notification.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def address_of(notification: Notification) -> str:
    """That of the account, unless the mail was written for another one (see ``core.mail.notifications.queue``)."""
    return str(notification.other_address or notification.recipient.email)


def render(notification: Notification) -> MailMessage:
    """The message. Its date is that on which it was queued, so that a repeated hand-over is the same to the letter.

    It is in the language of whom it goes to: of the account, or that which its context names for an office without one.
    """
    code = interface_language(notification.context.get("language") or notification.recipient.language)
    with translation.override(code), speaking_as_noted(notification.context):
        context = _context(notification, code)
        name = f"email/{notification.template}"
        message = MailMessage(
            subject=plain_line(render_to_string(f"{name}_subject.txt", context)),
            body=render_to_string(f"{name}.txt", context),
            to=[address_of(notification)],
            headers={
                "Message-ID": message_id(notification),
                "Date": format_datetime(notification.created_at.astimezone(dt.UTC)),
                "Auto-Submitted": "auto-generated",
            },
        )
        message.boundary = notification.pk.hex
        message.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
        for each in notification.context.get("attachments", []):
            message.attach(_attached(each))
    return message


def attachment(name: str, kind: str, text: str, **parameters: str) -> dict[str, Any]:
    """A text to go along with a mail, for ``attachments`` in the context of its row (docs/adr/0019).

    ``kind`` is that of ``text/<kind>``, ``parameters`` are those of its Content-Type. The text is kept as it is, so
    that a repeated hand-over is the same to the letter whatever has changed meanwhile. Nothing confidential, as ever.
    """
    return {"name": name, "kind": kind, "text": text, "parameters": parameters}


def _attached(given: Mapping[str, Any]) -> MIMENonMultipart:
    part = MIMENonMultipart("text", given["kind"], charset="utf-8", **given["parameters"])
    part.set_payload(given["text"].encode())
    encode_base64(part)  # keeps the line ends that formats such as iCalendar ask for
    part.add_header("Content-Disposition", "attachment", filename=given["name"])
    return part


def _context(notification: Notification, code: str) -> dict[str, Any]:
    return {
        **notification.context,
        "recipient": notification.recipient,
        "site_name": site_name(),
        "looks": looks(),
        "site_url": settings.SITE_URL.rstrip("/"),
        "page_language": language(code),
        "mail_query": f"?{MAIL_PARAMETER}={_SIGNER.sign(notification.pk.hex)}",
    }


def note_opened(reader: Any, signed: str) -> None:
    """Note that ``reader`` came to the portal by the button of a mail of his or her own: once, and no other's."""
    try:
        key = _SIGNER.unsign(signed)
    except signing.BadSignature:
        return
    unopened = Notification.objects.filter(pk=key, recipient=reader, opened_at=None)
    unopened.update(opened_at=timezone.now())
