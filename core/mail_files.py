"""Mails written into files instead of sent (``make run``): they hold links that open accounts."""

import os
from pathlib import Path
from typing import Any, BinaryIO

from django.core.mail.backends import filebased

from core.private_files import FILE_MODE, FOLDER_MODE


class EmailBackend(filebased.EmailBackend):
    """Django's own, in a folder and files that nobody but the portal's account can read."""

    stream: BinaryIO | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Path(self.file_path).chmod(FOLDER_MODE)

    def open(self) -> bool:
        """Private from the first byte, not closed afterwards."""
        if self.stream is not None:
            return False
        self.stream = os.fdopen(os.open(self._get_filename(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE), "ab")
        return True
