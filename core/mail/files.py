"""Mails written into files instead of sent (``make run``): they hold links that open accounts."""

import os
from pathlib import Path
from typing import Any

from django.core.mail.backends import filebased

from core.files.private_files import FILE_MODE, FOLDER_MODE


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
