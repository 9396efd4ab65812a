"""A mail server that keeps what it is given: as much of SMTP as Django's client speaks."""

import contextlib
import email
import email.policy
import socketserver
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage
from typing import cast


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 here")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                cast(Mailbox, self.server).received.append(b"".join(lines))
            self.say("221 good-bye" if word == b"QUIT" else "250 fine")
            if word == b"QUIT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class Mailbox(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[bytes] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def first_mail(self, seconds: float) -> EmailMessage:
        """Wait for a mail and give it."""
        limit = time.monotonic() + seconds
        while not self.received and time.monotonic() < limit:
            time.sleep(0.05)
        assert self.received, f"no mail within {seconds} seconds"
        return email.message_from_bytes(self.received[0], policy=email.policy.default)


@contextlib.contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    with Mailbox() as mailbox:
        thread = threading.Thread(target=mailbox.serve_forever, args=(0.05,))
        thread.start()
        yield mailbox
        mailbox.shutdown()
        thread.join()
