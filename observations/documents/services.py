"""Documents of lists of observations and summaries: long work that a task does, for the States of a review."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.models import User
from core import audit, jobs
from core.documents.copies import copy_words
from core.documents.progress import Progress, unheard
from core.errors import ServiceError
from core.jobs import JobKind
from core.models import Job
from core.policy import require
from observations.documents.formats import FORMATS, TEXT_AKN, TEXT_DOCX, TEXT_HTML, TEXT_PDF, file_name_of
from observations.documents.selectors import find_text, page_of_text
from observations.documents.tasks import render_text_task
from observations.texts import lock_text
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText
from observations.wording import Document, PrintedStatus, current_document, printed_status_of

_ENDINGS = {kind: ending for ending, kind in FORMATS.items()}


class Renderer(Protocol):
    """Makes the bytes of a document in one format; ``progress`` is told per cent."""

    def __call__(self, document: Document, status: PrintedStatus, *, progress: Progress = unheard) -> bytes: ...


@transaction.atomic
def start_document(actor: User, text: AgreedText, *, kind: str) -> Job:
    """Queue a document of the standing version, or of the draft on the table where none stands.

    It is made in the language of the text, whatever that of the pages is.
    """
    require(actor, TextAction.RENDER, text)
    job = jobs.start(
        kind=kind,
        target=text,
        requested_by=actor,
        language=text.language,
        file_name=file_name_of(text, _ENDINGS[kind]),
    )
    audit.record(actor, "reviews.document.requested", text, after={"kind": kind})
    return job


def make_document(job: Job, renderers: dict[str, Renderer], tell: Callable[[int], None]) -> bytes:
    """The work of a job. ``renderers`` are by kind. Raises ServiceError where the text is gone."""
    text = find_text(job)
    if text is None:
        raise ServiceError(_("This text is not there any more."))
    with transaction.atomic():  # the words, and what is said of them, are of the same moment
        locked = lock_text(text)
        document, status = current_document(locked), printed_status_of(locked)
    with translation.override(text.language):
        status = replace(status, copy=copy_words(job.requested_by.full_name, timezone.now()))
    tell(5)
    return renderers[job.kind](document, status, progress=tell)


def note_taken(actor: User, text: Any) -> None:
    """Called before a file is handed out; the policy has been asked."""
    audit.record(actor, "reviews.document.taken", text)


KINDS = tuple(
    JobKind(
        kind,
        TextAction.RENDER,
        find_text,
        jobs.in_its_language(start_document, kind=kind),
        page_of_text,
        render_text_task,
        title,
        note_taken,
        is_personal=True,
        scope_group="texts",
    )
    for kind, title in (
        (TEXT_PDF, gettext_lazy("PDF document")),
        (TEXT_DOCX, gettext_lazy("Word document")),
        (TEXT_HTML, gettext_lazy("HTML document")),
        (TEXT_AKN, gettext_lazy("XML document (Akoma Ntoso)")),
    )
)
