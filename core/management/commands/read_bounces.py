import argparse
import email
import mailbox
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.mail.bounces import note_bounce


class Command(BaseCommand):
    help = "Reads delivery status notifications (RFC 3464) and notes which mails have bounced."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--maildir", type=Path, help="a Maildir folder; without it, one mail from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["maildir"] is None:
            noted = note_bounce(email.message_from_binary_file(sys.stdin.buffer))
        else:
            noted = _read_folder(mailbox.Maildir(options["maildir"], create=False))
        self.stdout.write(f"Bounced: {noted}.")


def _read_folder(folder: "mailbox.Maildir") -> int:
    """What has been read is marked as seen and left where it is."""
    noted = 0
    for name in folder.keys():  # noqa: SIM118 - a mailbox yields its mails
        message = folder[name]
        if "S" in message.get_flags():
            continue
        noted += note_bounce(message)
        message.set_subdir("cur")
        message.add_flag("S")
        folder[name] = message
    return noted
