"""Files that people upload: a known kind by name and by content, one kind only, not too big, and nothing that acts.

No library of the kinds themselves reads a file here, and nothing is decoded into pixels: what cannot be vouched for by
its structure stays out. It is no virus scanner; an institution may name its own (``core.files.uploads.scanner``).
"""

from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _, ngettext

from core.errors import ServiceError
from core.files.uploads.containers import check_container, is_container
from core.files.uploads.kinds import (
    ACCEPTED,
    CONTAINERS,
    UploadError,
    accepted_kinds,
    content_type_of,
    two_kinds_at_once,
)
from core.files.uploads.names import shown_name
from core.files.uploads.pdf import check_pdf
from core.files.uploads.pictures import check_jpeg, check_png
from core.files.uploads.scanner import scan
from core.files.uploads.sniffing import looks_like_page

__all__ = [
    "ACCEPTED",
    "UploadError",
    "accepted_kinds",
    "check_upload",
    "content_type_of",
    "shown_name",
    "too_large_message",
]

_CHECKS = {".pdf": check_pdf, ".png": check_png, ".jpg": check_jpeg, ".jpeg": check_jpeg}


def too_large_message() -> str:
    """What a person is told of a file beyond ``UPLOAD_MAXIMUM_MEGABYTES``."""
    most = settings.UPLOAD_MAXIMUM_MEGABYTES
    message = ngettext(
        "This file is larger than %(most)d megabyte.", "This file is larger than %(most)d megabytes.", most
    )
    return message % {"most": most}


def check_upload(file: UploadedFile, *, field: str = "file") -> str:
    """Give the content type of an acceptable file, left at its beginning.

    Raises ServiceError for any other, in words that say what to do. What is read is bounded: the file itself is at
    most ``UPLOAD_MAXIMUM_MEGABYTES`` long, and unpacking ends at limits of its own (containers, pdf).
    """
    _check_size(file, field)
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in ACCEPTED:
        message = _("This kind of file is not accepted. Use one of: %(kinds)s.")
        raise ServiceError(message % {"kinds": accepted_kinds()}, field=field)
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        _check_content(ending, content)
        scan(content, ending)
    except UploadError as error:
        raise ServiceError(error.message, field=field) from error
    return ACCEPTED[ending]


def _check_size(file: UploadedFile, field: str) -> None:
    if (file.size or 0) > settings.UPLOAD_MAXIMUM_MEGABYTES * 1024 * 1024:
        raise ServiceError(too_large_message(), field=field)
    if not file.size:
        raise ServiceError(_("This file is empty."), field=field)


def _check_content(ending: str, content: bytes) -> None:
    if ending in CONTAINERS:
        return check_container(ending, content)
    _CHECKS[ending](content)
    if looks_like_page(content) or is_container(content):
        raise two_kinds_at_once()
    return None
