"""Mails that the worker has sent."""

import re
import time

from django.core import mail


def activation_path(address: str) -> str:
    """The path of the link in the newest mail with an activation link to this address. Waits up to ten seconds."""
    for _attempt in range(100):
        bodies = [str(message.body) for message in mail.outbox if address in message.to]
        found = [link[1] for body in bodies if (link := re.search(r"https?://[^/]+(/\S+/activate/\S+)", body))]
        if found:
            return found[-1]
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address}")
