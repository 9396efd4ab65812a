"""What reads an upload off the line: no more of a file is kept than shows that it is too large."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

_MEGABYTE = 1024 * 1024


class BoundedUploadHandler(FileUploadHandler):
    """Stands before Django's own handlers, and hands on at most one byte beyond ``UPLOAD_MAXIMUM_MEGABYTES`` a file.

    The rest is read and thrown away, so that the form behind it arrives and the person is told by the field
    (``core.files.uploads.check_upload`` sees that one byte). A request that says it is longer than
    ``UPLOAD_READ_MEGABYTES`` is not read at all: page 413 (``templates/errors/too_large.html``).
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        if content_length > settings.UPLOAD_READ_MEGABYTES * _MEGABYTE:
            raise RequestDataTooBig("The request is longer than UPLOAD_READ_MEGABYTES.")
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """``start``: how much of this file came before. None: nothing of this reaches the next handler."""
        left = settings.UPLOAD_MAXIMUM_MEGABYTES * _MEGABYTE + 1 - start
        return raw_data[:left] if left > 0 else None

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""
