"""Files that people hand in: checked, hashed and named on their way in, stored with their row, and served from there.

The row has three columns for it: the file, what the person calls it (that name and ``_name``), and ``sha256``, which
the record of acts holds as well: so what is read later can be told from what came in.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, TextChoices
from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from core.files.storage import delete_after_commit, serve
from core.files.uploads import check_upload, content_type_of, shown_name
from core.hashes import content_hash
from core.policy import Actor


def receive(row: Model, column: str, file: UploadedFile) -> None:
    """Put a file that is accepted into the column; the caller saves the row. The one before it goes with the commit.

    Raises ServiceError with the column as its field for any other; the row is as it was then.
    """
    check_upload(file, field=column)
    content = file.read()
    file.seek(0)
    delete_after_commit(getattr(row, column))
    values = {column: file, f"{column}_name": shown_name(file.name or ""), "sha256": content_hash(content)}
    for name, value in values.items():
        setattr(row, name, value)


def is_as_received(stored: FieldFile) -> bool:
    """Whether the bytes in the store are those whose hash the row has; not where the file is gone."""
    row: Any = stored.instance
    try:
        with stored.open("rb") as file:
            return content_hash(file.read()) == row.sha256
    except FileNotFoundError:
        return False


def serve_received(actor: Actor, action: TextChoices, target: object, stored: FieldFile) -> FileResponse:
    """Answer with the file under the name that the person gave it, and as the kind that was checked.

    Raises like ``serve``.
    """
    file_name: str = getattr(stored.instance, f"{stored.field.name}_name")
    content_type = content_type_of(stored.name) if stored.name else ""
    return serve(actor, action, target, stored, file_name=file_name, content_type=content_type)
