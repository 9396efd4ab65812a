"""Mails written into files instead of sent (``make run``): they hold links that open accounts."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import filebased
from django.utils import timezone

from core.files.private_files import FILE_MODE, FOLDER_MODE


def folder_of_mails() -> str:
    """The name of the folder in ``DATA_DIR`` into which mails are written; empty where a mail server sends them."""
    is_used = settings.EMAIL_BACKEND.startswith(f"{__name__}.")
    return Path(settings.EMAIL_FILE_PATH).name if is_used else ""


class EmailBackend(filebased.EmailBackend):
    """Each mail in a file of its own, which any program for mails opens, and nobody but the portal's account can read.

    Django's own puts all that one worker sends within a second into one file, of which a reader sees the first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Path(self.file_path).chmod(FOLDER_MODE)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self._keep(message.message().as_bytes())
        return len(email_messages)

    def _keep(self, words: bytes) -> None:
        """Private from the first byte. Names go in the order of time; a file that has one is whole.

        Raises OSError, as where the disk is full, and leaves nothing behind then: it may hold a link.
        """
        name = Path(self.file_path) / f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}.eml"
        unfinished = name.with_suffix(".part")
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
                file.write(words)
            unfinished.rename(name)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
