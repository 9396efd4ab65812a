"""Mail transports that misbehave."""

import threading
from collections.abc import Sequence
from smtplib import SMTPServerDisconnected

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FailingBackend(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed")


class SlowBackend(BaseEmailBackend):
    """A mail server that keeps the sender waiting until ``may_go_on``."""

    is_sending = threading.Event()
    may_go_on = threading.Event()
    sent: list[EmailMessage] = []

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        SlowBackend.is_sending.set()
        SlowBackend.may_go_on.wait(10)
        SlowBackend.sent.extend(email_messages)
        return len(email_messages)
