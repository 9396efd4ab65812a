"""Stored files. One leaves only as an attachment: through ``serve`` after a policy answer, or as one that is public."""

from django.db.models import TextChoices
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from core.policy import Actor, require


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

    Raises Http404 where it has not been made.
    """
    if not stored:
        raise Http404
    return FileResponse(stored.open("rb"), as_attachment=True, filename=file_name, content_type=content_type)
