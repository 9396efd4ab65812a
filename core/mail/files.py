"""Mails written into files instead of sent (``make run``): they hold links that open accounts."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends import filebased

from core.files.private_files import FILE_MODE, FOLDER_MODE


def folder_of_mails() -> str:
    """The name of the folder in ``DATA_DIR`` into which mails are written; empty where a mail server sends them."""
    is_used = settings.EMAIL_BACKEND.startswith(f"{__name__}.")
    return Path(settings.EMAIL_FILE_PATH).name if is_used else ""


class EmailBackend(filebased.EmailBackend):
    """Django's own, in a folder and files that nobody but the portal's account can read."""

    stream: Any  # bytes, where the stubs of Django's own know text

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Path(self.file_path).chmod(FOLDER_MODE)

    def open(self) -> bool:
        """Private from the first byte, not closed afterwards."""
        if self.stream is not None:
            return False
        name = self._get_filename()  # type: ignore[attr-defined]
        self.stream = os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE), "ab")
        return True
