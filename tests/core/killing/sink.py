"""A real mail server that is slow, refuses now and then, and hangs up; behind it the mailboxes.

A mailbox knows a mail by its Message-ID and keeps one of those that are the same (as RFC 7352 does for Sieve).
"""

import asyncio
import logging
import random
import socket
from collections import Counter, defaultdict
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

BAD = "bad."
_SLOWEST = 0.02


class Sink:
    """``mailboxes``: by address, the texts by Message-ID. ``hand_overs``: how often each was handed over."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.mailboxes: dict[str, dict[str, set[bytes]]] = defaultdict(lambda: defaultdict(set))
        self.hand_overs: Counter[str] = Counter()
        self.lost_answers = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith(BAD):
            return "550 5.1.1 There is no such mailbox"
        if self.chance.random() < 0.03:
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.chance.random() * _SLOWEST)
        if self.chance.random() < 0.03:
            return "452 4.2.2 The mailbox is full for now"
        content: Any = envelope.content
        name = str(message_from_bytes(content)["Message-ID"])
        for address in envelope.rcpt_tos:
            self.mailboxes[address][name].add(content)
        self.hand_overs[name] += 1
        if self.chance.random() < 0.01 and server.transport is not None:
            self.lost_answers += 1
            server.transport.abort()  # it has the mail, and nobody hears of it
        await asyncio.sleep(self.chance.random() * _SLOWEST)  # here a killed worker leaves doubt
        return "250 Taken over"


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def start(sink: Sink) -> Controller:
    """Listen on a port of this machine that nobody uses: ``controller.port``."""
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    controller.start()
    return controller
