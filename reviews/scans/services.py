"""The scan of a note verbale, and its number: what is accepted, and that it stays what was received."""

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.files.receiving import is_as_received, receive
from core.language.text import require_text

# What a scanner makes. Other kinds of file could be changed after they were signed.
SCAN_ENDINGS = (".pdf", ".png", ".jpg", ".jpeg")


def require_number(typed: str) -> str:
    """The number of a note in one line. Raises ServiceError where there is none."""
    number = require_text(typed, _("Enter the number of the note."), maximum=100, field="number")
    return " ".join(number.split())


def check_scan(row: Any) -> None:
    """The scan that everybody looks at is the one of which the record keeps the SHA-256. Raises ServiceError."""
    if row.scan and not is_as_received(row.scan):
        raise ServiceError(_("The stored scan is not the one that was uploaded. Tell an administrator."))


def receive_scan(row: Model, scan: UploadedFile) -> None:  # type: ignore[type-arg]
    """Put a scanned note into the row, which the caller saves. Raises ServiceError for what is not accepted."""
    if PurePath(scan.name or "").suffix.lower() not in SCAN_ENDINGS:
        raise ServiceError(_("Choose the scanned note as PDF, PNG or JPEG."), field="scan")
    receive(row, "scan", scan)
