"""The work of a worker: what the reader may read is gathered once, printed, and packed with its proofs."""

import json
import tempfile
from collections.abc import Callable
from typing import IO

from django.core.files import File
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import context
from core.audit.roots.selectors import roots_asked
from core.errors import ServiceError
from core.language.i18n import interface_language
from core.models import Job
from portal.dossier.archive import PRINT, Archive, add_program, add_stored_files, canonical
from portal.dossier.circulated import clearances_in, pieces_in
from portal.dossier.enums import PieceKind
from portal.dossier.made import MadeDossier, scope_in_dossier
from portal.dossier.outcome import published_files
from portal.dossier.pieces import title_of
from portal.dossier.printed import exchange_as_html, exchange_of, print_exchange, print_record
from portal.dossier.selectors import Gathered, find_made, gather, reader_of
from portal.dossier.services import EXCHANGE_HTML, EXCHANGE_PDF, note_made, open_pieces, open_sent
from portal.dossier.word import write_exchange
from reviews.record import file_name_of_slice, slice_of


def make_job(job: Job, tell: Callable[[int], None]) -> File:
    """The archive as a file that is gone once it is closed.

    Raises ServiceError where the review or a file of it is gone, PdfError where this server cannot print.
    """
    made = find_made(job)
    if made is None:
        raise ServiceError(_("This review is not there any more."))
    with context.begun(), translation.override(interface_language(job.language)):
        gathered = gather(job.requested_by, made.review)
        tell(10)
        return _packed(made, gathered, tell)


def make_exchange(job: Job, tell: Callable[[int], None]) -> bytes:
    """One document of the exchange, for whoever asked for it. Raises ServiceError and PdfError as ``make_job`` does."""
    made = find_made(job)
    if made is None:
        raise ServiceError(_("This review is not there any more."))
    with context.begun(), translation.override(interface_language(job.language)):
        reader, kind = reader_of(job.requested_by, made.review), made.document
        pieces = pieces_in(reader, kind)
        exchange = exchange_of(made, kind, timezone.now(), pieces=pieces, clearances=clearances_in(reader, pieces))
        tell(10)
        if job.kind == EXCHANGE_PDF:
            content = print_exchange(made, exchange, progress=lambda part: tell(10 + part * 8 // 10))
        else:
            content = (exchange_as_html if job.kind == EXCHANGE_HTML else write_exchange)(made, exchange)
        if exchange.entries:
            open_sent(job.requested_by, pieces)
        return content


def _packed(made: MadeDossier, gathered: Gathered, tell: Callable[[int], None]) -> File:
    out = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps the file closes it
    try:
        _pack(out, made, gathered, tell)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return File(out)


def _pack(out: IO[bytes], made: MadeDossier, gathered: Gathered, tell: Callable[[int], None]) -> None:
    job, review, made_at = made.job, made.review, timezone.now()
    with Archive(out, made_at) as archive:
        printed = print_record(made, gathered.pieces, made_at, progress=lambda part: tell(10 + part * 6 // 10))
        archive.add(PRINT, printed, title=str(PieceKind.PRINT.label), kind=PieceKind.PRINT)
        for piece in gathered.pieces:
            content = canonical(piece.content)
            archive.add(piece.path, content, title=title_of(piece), kind=piece.kind, frozen=piece.frozen)
        add_stored_files(archive, gathered.files)
        # Asked for when all else is there: an expert may have said no to being named while the record was printed.
        add_stored_files(archive, published_files(reader_of(job.requested_by, review)))
        tell(85)
        scope = scope_in_dossier(job.requested_by, review)
        acts, path = slice_of(scope, roots_asked("")), file_name_of_slice(scope)
        content = (json.dumps(acts, ensure_ascii=False, indent=1) + "\n").encode()
        archive.add(path, content, title=str(PieceKind.ACTS.label), kind=PieceKind.ACTS)
        add_program(archive)
        sha256 = archive.add_manifest(
            {
                "mechanism": review.mechanism.slug,
                "review": review.code,
                "reader": scope.reader,
                "fetched_by": job.requested_by.full_name,
                "made_at": made_at.isoformat(),
                "language": job.language,
                "head": acts["head"],
                "record": path,
            }
        )
    # Now that it is whole: of what was not made nothing is opened, and nothing is handed out of what was recalled.
    open_pieces(job.requested_by, review, gathered.pieces)
    note_made(job, review, manifest_sha256=sha256, files=len(archive.files))
