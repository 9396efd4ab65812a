"""The whole record of a review: asked for, made by a worker, and taken by whoever asked for it."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core import audit, jobs
from core.jobs import JobKind
from core.models import Job
from core.policy import require
from portal.dossier.enums import DossierAction
from portal.dossier.made import DOCUMENT, STATE, MadeDossier, key_of_state, scope_in_dossier
from portal.dossier.pieces import DossierPiece
from portal.dossier.selectors import find_made, page_of_made
from portal.dossier.tasks import make_dossier_task, make_exchange_task
from questionnaires.submissions import latest_submission, open_submission
from reviews.cases.models import Review
from reviews.drafts import open_piece
from reviews.symbols.enums import DocumentKind

DOSSIER = "portal.dossier"
EXCHANGE_PDF, EXCHANGE_DOCX, EXCHANGE_HTML = "portal.exchange_pdf", "portal.exchange_docx", "portal.exchange_html"
FORMATS = {"pdf": EXCHANGE_PDF, "docx": EXCHANGE_DOCX, "html": EXCHANGE_HTML}


def file_name_of(actor: User, review: Review) -> str:
    """Under which the actor takes it; the review and the reader are told by it, and nothing that anybody typed."""
    return f"{review.mechanism.slug}-{review.code}-{scope_in_dossier(actor, review).reader}-whole-record.zip"


@transaction.atomic
def start_dossier(actor: User, review: Review, *, language: str) -> Job:
    """Queue the whole record as the actor may read it, with the words of the portal in ``language``."""
    require(actor, DossierAction.TAKE, review)
    job = jobs.start(
        kind=DOSSIER,
        target=review,
        requested_by=actor,
        language=language,
        file_name=file_name_of(actor, review),
        details={STATE: key_of_state(actor, review)},
    )
    audit.record(actor, "portal.dossier.requested", review, after={"language": language})
    return job


@transaction.atomic
def start_exchange(actor: User, review: Review, document: DocumentKind, *, ending: str, language: str) -> Job:
    """Queue one document of the exchange; ``ending``: one of FORMATS."""
    require(actor, DossierAction.TAKE, review)
    name = f"{review.mechanism.slug}-{review.code}-{scope_in_dossier(actor, review).reader}-{document.value}.{ending}"
    job = jobs.start(
        kind=FORMATS[ending],
        target=review,
        requested_by=actor,
        language=language,
        file_name=name,
        details={STATE: key_of_state(actor, review), DOCUMENT: document.value},
    )
    audit.record(actor, "portal.exchange.requested", review, after={"document": document.value, "format": ending})
    return job


def open_pieces(actor: User, review: Review, pieces: Iterable[DossierPiece]) -> None:
    """Note that the actor's State opens what is in its record; before anything of it is handed out.

    Raises PolicyRefusedError where one of them was recalled since the caller found it.
    """
    open_submission(actor, latest_submission(review))
    open_sent(actor, pieces)


def open_sent(actor: User, pieces: Iterable[DossierPiece]) -> None:
    """The same of what is in one document of the exchange."""
    for piece in pieces:
        if piece.opens is not None:
            sent, author = piece.opens
            open_piece(actor, sent, author)


@transaction.atomic
def note_made(job: Job, review: Review, *, manifest_sha256: str, files: int) -> None:
    """The record of acts keeps the hash of the manifest, so that the archive can be told from any other later on."""
    after = {"manifest_sha256": manifest_sha256, "files": files}
    audit.record(job.requested_by, "portal.dossier.made", review, after=after)


def note_taken(actor: User, made: MadeDossier) -> None:
    """Called before the file is handed out; the policy has been asked."""
    audit.record(actor, "portal.dossier.taken", made.review, after={"file": made.job.file_name})


def note_exchange_taken(actor: User, made: MadeDossier) -> None:
    """Called before the file is handed out; the policy has been asked."""
    audit.record(actor, "portal.exchange.taken", made.review, after={"file": made.job.file_name})


def _start_exchange_again(actor: Any, made: MadeDossier, /, *, language: str) -> Job:
    ending = PurePath(made.job.file_name).suffix.removeprefix(".")
    return start_exchange(actor, made.review, made.document, ending=ending, language=language)


def _start_again(actor: Any, made: MadeDossier, /, *, language: str) -> Job:
    return start_dossier(actor, made.review, language=language)


KINDS = tuple(
    JobKind(
        kind,
        DossierAction.TAKE,
        find_made,
        _start_exchange_again,
        page_of_made,
        make_exchange_task,
        title,
        note_exchange_taken,
        is_personal=True,
    )
    for kind, title in (
        (EXCHANGE_PDF, _("PDF document")),
        (EXCHANGE_DOCX, _("Word document")),
        (EXCHANGE_HTML, _("HTML document")),
    )
)
KIND = JobKind(
    DOSSIER,
    DossierAction.TAKE,
    find_made,
    _start_again,
    page_of_made,
    make_dossier_task,
    _("The whole record"),
    note_taken,
    is_personal=True,
)
