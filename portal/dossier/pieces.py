"""What a dossier is made of: pieces of the exchange, each one file of JSON, and files that people handed in."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models.fields.files import FieldFile

from accounts.people.models import User
from accounts.states.models import StateParty
from portal.dossier.enums import PieceKind
from reviews.cases.models import Review
from reviews.drafts.models import SentPiece

FORMAT_VERSION = 1  # of the pieces that were not frozen before; raised when a field goes or means something else


@dataclass(frozen=True, slots=True)
class DossierReader:
    """For whom a dossier is made: ``home`` is the key of the own State, None for the secretariat."""

    user: User
    review: Review
    home: UUID | None

    def keeps(self, piece: Any) -> bool:
        """Whether it lies on the shared table or in the own room; where rooms are shared, not in one of the others."""
        return piece is not None and piece.room_id in {None, self.home}


@dataclass(frozen=True, slots=True)
class DossierPassage:
    """Words that a person wrote, under a label in the words of the portal; ``level``: of a heading in a text."""

    text: str
    language: str
    label: str = ""
    level: int = 0
    marker: str = ""
    is_written: bool = True


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the store, and the hash that its row has of it."""

    path: str
    title: str
    kind: PieceKind
    stored: FieldFile
    sha256: str = ""

    @property
    def is_overtaken(self) -> bool:
        """Whether its row names another file by now, or none."""
        row, name = self.stored.instance, self.stored.field.name
        return not type(row)._default_manager.filter(pk=row.pk, **{name: self.stored.name}).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPiece:
    """One piece, with what is printed of it.

    ``place``: where it lies in the archive, without its ending; one that ends in "/" is numbered there. ``content``
    is what its file says: the very document that was frozen under the hash ``frozen``, or what is known of it now.
    ``at`` is when it came to the table, of a draft when it was saved last; ``is_day``: of that the day alone is known.
    ``title`` says more than the kind does. ``opens``: what is opened by reading it, and whose it is. ``cleared``: under
    which key and number it is cleared, where it is; ``is_cancelled``: it was, and does not stand any more.
    """

    kind: PieceKind
    place: str
    at: dt.datetime
    content: Mapping[str, Any]
    frozen: str = ""
    state: StateParty | None = None
    title: str = ""
    facts: tuple[str, ...] = ()
    passages: tuple[DossierPassage, ...] = ()
    files: tuple[StoredFile, ...] = ()
    is_draft: bool = False
    is_day: bool = False
    is_printed: bool = True
    cleared: tuple[UUID, int] | None = None
    is_cancelled: bool = False
    opens: tuple[SentPiece, Any] | None = None

    @property
    def path(self) -> str:
        return f"{self.place}.json"


def described(row: Any, **more: Any) -> dict[str, Any]:
    """What is said of a row that was not frozen: its key, by which the record of acts calls it, and its language."""
    return {"format_version": FORMAT_VERSION, "id": str(row.pk), "language": row.language, **more}


def moment(value: dt.datetime | None) -> str:
    return value.isoformat() if value else ""


def code_of(state: StateParty | None) -> str:
    return state.iso3 if state else ""


def facts_said(*facts: str) -> tuple[str, ...]:
    return tuple(filter(None, facts))


def in_order_of_time(pieces: Iterable[DossierPiece]) -> list[DossierPiece]:
    return sorted(pieces, key=lambda piece: piece.at)


def title_of(piece: DossierPiece) -> str:
    """In the words of the active language: the kind, whose it is, and what about."""
    return ": ".join(
        filter(None, [str(piece.kind.label), " – ".join(filter(None, [str(piece.state or ""), piece.title]))])
    )
