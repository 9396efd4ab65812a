"""What of the exchange can be circulated as one document, and what is in each; asked of the same features as the whole.

A document holds what was sent and no draft, the own neither: it is to go out of the house.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext, gettext_lazy as _

from dialogue.joint.models import JointClearance
from portal.dossier import exchanged, languages, outcome, threads
from portal.dossier.enums import PieceKind
from portal.dossier.pieces import DossierPiece, DossierReader, in_order_of_time, title_of
from reviews.cases.models import Clearance, Review
from reviews.programme.enums import StepKind
from reviews.symbols import ReviewDocument
from reviews.symbols.enums import DocumentKind

_OF_ALL = frozenset({PieceKind.LIST_OF_OBSERVATIONS, PieceKind.SUMMARY, PieceKind.TRANSLATION, PieceKind.LANGUAGES})
PiecesOf = Callable[[DossierReader], Iterator[DossierPiece]]
PIECES: Mapping[DocumentKind, Sequence[PiecesOf]] = {
    DocumentKind.FEEDBACK: (exchanged.feedback,),
    DocumentKind.EXCHANGE: (
        exchanged.clarifications,
        threads.messages,
        exchanged.supplements,
        exchanged.meetings,
        exchanged.agreed_notes,
    ),
    DocumentKind.CLEARANCES: (
        exchanged.answers,
        exchanged.feedback,
        outcome.texts,
        languages.translations,
        languages.language_sets,
    ),
}
TITLES = {
    DocumentKind.FEEDBACK: _("Written feedback in the review of %(state)s"),
    DocumentKind.EXCHANGE: _("Record of clarifications and dialogue in the review of %(state)s"),
    DocumentKind.CLEARANCES: _("Protocol of clearance in the review of %(state)s"),
}
INTRODUCTIONS = {
    DocumentKind.FEEDBACK: _("What the reviewing States have sent to the State under review, and its replies."),
    DocumentKind.EXCHANGE: _(
        "Requests for clarification with their answers, messages, supplementary information, meetings and the notes of "
        "them that the States have agreed to, in order of time."
    ),
    DocumentKind.CLEARANCES: _(
        "Each State clears by the act of its focal point. What was cleared is identified by its checksum: two "
        "documents have the same only if every character is. What was agreed in another place and brought in nobody "
        "has cleared here."
    ),
}
NOTHING_YET = {
    DocumentKind.FEEDBACK: _("No written feedback has been sent yet."),
    DocumentKind.EXCHANGE: _("Nothing has been exchanged yet."),
    DocumentKind.CLEARANCES: _("Nothing has been cleared here yet."),
}
# The step after which nothing more comes into it: replies as long as States exchange, requests and supplements until
# the review closes.
_LAST_STEPS = {
    DocumentKind.FEEDBACK: StepKind.AGREED_TEXT,
    DocumentKind.EXCHANGE: StepKind.PROCESSING,
    DocumentKind.CLEARANCES: StepKind.PROCESSING,
}


@dataclass(frozen=True, slots=True)
class ClearanceLine:
    """Who has cleared what; ``document``: in the words of the active language.

    Of joint feedback it is what each State has cleared of what was sent: no clearance of a draft, which the reviewing
    States alone know of.
    """

    document: str
    clearance: Clearance | JointClearance

    @property
    def taken_back_at(self) -> dt.datetime | None:
        return self.clearance.taken_back_at if isinstance(self.clearance, Clearance) else None


def documents_of(review: Review) -> list[ReviewDocument]:
    return [ReviewDocument(kind) for kind in PIECES]


def is_final(kind: DocumentKind, review: Review) -> bool:
    """Whether the step of the review lies behind the one in which it grows."""
    steps = list(StepKind)
    return steps.index(StepKind(review.step.kind)) > steps.index(_LAST_STEPS[kind])


def pieces_in(reader: DossierReader, kind: DocumentKind) -> list[DossierPiece]:
    """What was sent of a document's pieces, in order of time and in the words of the active language."""
    found = (piece for pieces_of in PIECES[kind] for piece in pieces_of(reader))
    return in_order_of_time(piece for piece in found if not piece.is_draft)


def clearances_in(reader: DossierReader, pieces: Sequence[DossierPiece]) -> list[ClearanceLine]:
    """Those of the frozen bytes that the reader may read, in order of time; the taken back too.

    The bytes alone do not tell what was cleared: the same may have been proposed or sent twice.
    """
    titles = {(*piece.cleared, piece.frozen): _title_of(piece) for piece in pieces if piece.cleared and piece.frozen}
    documents = {document for document, *_rest in titles}
    joint = JointClearance.objects.filter(
        feedback__in=documents, feedback__sent_at__isnull=False, number=F("feedback__times_sent"), undone_at=None
    ).select_related("state_party", "focal_point")
    alone = Clearance.objects.filter(review=reader.review, document_id__in=documents)
    alone = alone.select_related("state_party", "focal_point")
    jointly = [((row.feedback_id, row.number, row.sha256), row) for row in joint]
    # The State that clears joint feedback last, and sends it by that, has a row of both kinds.
    said = {key for key, _row in jointly}
    singly = [((row.document_id, row.version, row.sha256), row) for row in alone]
    found: list[tuple[Any, Clearance | JointClearance]] = [*jointly, *(each for each in singly if each[0] not in said)]
    found.sort(key=lambda each: each[1].cleared_at)
    return [ClearanceLine(titles[key], row) for key, row in found if key in titles]


def _title_of(piece: DossierPiece) -> str:
    """A text is of all States that agree on it, whoever has proposed the version; one that was cancelled says so."""
    title = title_of(replace(piece, state=None) if piece.kind in _OF_ALL else piece)
    return f"{title}. {gettext('This version does not stand any more.')}" if piece.is_cancelled else title
