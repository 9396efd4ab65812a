"""All that a reader may read of a review, in order of time: asked of the features whose it is, and of them alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.jobs import PageOfOrigin
from core.models import Job
from portal.dossier import exchanged, languages, outcome, threads
from portal.dossier.made import MadeDossier
from portal.dossier.pieces import DossierPiece, DossierReader, StoredFile, in_order_of_time
from reviews.capacities import own_state_of
from reviews.cases.models import Review
from reviews.navigation import origin_in

_KINDS: Sequence[Callable[[DossierReader], Iterator[DossierPiece]]] = (
    exchanged.answers,
    exchanged.feedback,
    exchanged.clarifications,
    threads.messages,
    exchanged.supplements,
    exchanged.meetings,
    exchanged.notes,
    outcome.observations,
    outcome.passages,
    outcome.texts,
    languages.translations,
    languages.language_sets,
    outcome.objections,
    outcome.suggestions,
)
_RELATED = ("mechanism", "step", "state_under_review", "phase__cluster", "review_group")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pieces in order of time, each with its place in the archive, and their files."""

    pieces: Sequence[DossierPiece]
    files: Sequence[StoredFile]


def gather(user: User, review: Review) -> Gathered:
    """In the words of the active language. The caller has asked the policy (``DossierAction.TAKE``).

    The number of queries does not grow with the pieces: with the reviewing States, whose feedback may have a reply, and
    with the summaries.
    """
    reader = reader_of(user, review)
    pieces = in_order_of_time(piece for kind in _KINDS for piece in kind(reader))
    return Gathered(list(_numbered(pieces)), [file for piece in pieces for file in piece.files])


def reader_of(user: User, review: Review) -> DossierReader:
    """The reader with the State for which he or she acts there."""
    return DossierReader(user, review, own_state_of(user, review))


def _numbered(pieces: Sequence[DossierPiece]) -> Iterator[DossierPiece]:
    """Those that share a folder by their order in it."""
    numbers: Counter[str] = Counter()
    for piece in pieces:
        if not piece.place.endswith("/"):
            yield piece
            continue
        numbers[piece.place] += 1
        yield replace(piece, place=f"{piece.place}{numbers[piece.place]:03d}")


def find_made(job: Job) -> MadeDossier | None:
    """What a job makes; None where the review is gone."""
    review = Review.objects.filter(pk=job.target_id).select_related(*_RELATED).first()
    return MadeDossier(job, review) if review else None


def page_of_made(made: MadeDossier) -> PageOfOrigin:
    """Where it was asked for."""
    address = reverse("portal:dossier", args=[made.review.mechanism.slug, made.review.code])
    return origin_in(made.review, address, _("The whole record"))
