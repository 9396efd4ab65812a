"""Which documents there are of a review: the features that make them say so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from reviews.cases.models import Review
from reviews.programme.models import Instrument
from reviews.symbols.enums import DocumentKind

_ORDER = list(DocumentKind)


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """A document of the whole review, or of one instrument of it."""

    kind: DocumentKind
    instrument: Instrument | None = None

    @property
    def key(self) -> tuple[str, UUID | None]:
        return self.kind.value, self.instrument.pk if self.instrument else None

    @property
    def address(self) -> list[str]:
        """What its addresses end with."""
        return [self.kind.value, *([self.instrument.slug] if self.instrument else [])]

    def __str__(self) -> str:
        return " – ".join(map(str, filter(None, [self.kind.label, self.instrument])))


DocumentsOf = Callable[[Review], Iterable[ReviewDocument]]
_documents: list[DocumentsOf] = []


def register_documents(documents_of: DocumentsOf) -> None:
    """``documents_of`` gives what documents there can be of a review."""
    if documents_of not in _documents:
        _documents.append(documents_of)


def documents_of_review(review: Review) -> list[ReviewDocument]:
    """In the order in which a review brings them forth, and of its instruments."""
    found = [document for documents_of in _documents for document in documents_of(review)]
    return sorted(found, key=lambda each: _ORDER.index(each.kind))
