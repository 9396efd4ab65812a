"""Stored files. One leaves only as an attachment: through ``serve`` after a policy answer, or as one that is public."""

from django.db import transaction
from django.db.models import TextChoices
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from core.files.uploads import ACCEPTED, shown_name
from core.policy import Actor, require

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN_TYPE = "application/octet-stream"
CONTENT_TYPES = {
    ".pdf": PDF,
    ".html": UNKNOWN_TYPE,  # so that no browser takes it for a page of ours
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": XLSX,
    ".zip": "application/zip",
    ".xml": "application/akn+xml",  # which no browser shows
}


# Whatever else a caller says, a browser is told that it knows nothing of the file.
SAFE_TYPES = frozenset({*ACCEPTED.values(), *CONTENT_TYPES.values()})
# Were a browser to show the file in spite of all, then without scripts, forms and requests, and as nobody's page.
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def serve(
    actor: Actor, action: TextChoices, target: object, stored: FieldFile, *, file_name: str, content_type: str
) -> FileResponse:
    """Answer with a stored file when the policy allows ``action`` on ``target``.

    Raises Http404 where target or file is not there for the actor, PolicyRefusedError where it is refused.
    """
    require(actor, action, target)
    return serve_public(stored, file_name=file_name, content_type=content_type)


def serve_public(stored: FieldFile, *, file_name: str, content_type: str) -> FileResponse:
    """Answer with a file that everybody may have; the caller has found it among what is public.

    Raises Http404 where it has not been made, or is no longer in the store.
    """
    if not stored:
        raise Http404
    safe_type = content_type if content_type in SAFE_TYPES else UNKNOWN_TYPE
    try:
        file = stored.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    http_response = FileResponse(file, as_attachment=True, filename=shown_name(file_name), content_type=safe_type)
    _confine(http_response)
    return http_response


def attachment(content: bytes | str, *, file_name: str, content_type: str) -> HttpResponse:
    """Answer with a file made this moment; ``file_name`` is ours and holds nothing that a person typed."""
    http_response = HttpResponse(content, content_type=content_type)
    http_response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    _confine(http_response)
    return http_response


def _confine(http_response: HttpResponseBase) -> None:
    """Say of a download that it is what it says, acts on nothing, and belongs to our pages alone."""
    http_response.headers["X-Content-Type-Options"] = "nosniff"
    http_response.headers["Content-Security-Policy"] = SANDBOX
    http_response.headers["Cross-Origin-Resource-Policy"] = "same-origin"


def delete_after_commit(stored: FieldFile) -> None:
    """A file that no row names any more does not stay on the disk."""
    storage, name = stored.storage, stored.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
