"""The first reading of what a State has sent by a person of another: from then on it is not recalled (docs/adr/0060).

Who reads is noted as a State. One row decides: the reading is one conditional statement on the row that a recall locks.
"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core.policy import PolicyRefusedError, refused
from reviews.capacities import capacity_of
from reviews.cases.models import Review

RECALLED_BY_ITS_STATE = _("Its State has recalled this. It can be read here once it has been sent again.")


def opener_of(reader: Actor, review: Review, author: Any) -> UUID | None:
    """The State for which the reader opens what the State ``author`` has sent; None for whoever opens nothing.

    That is who reads for that State itself, and the secretariat.
    """
    capacity = capacity_of(reader, review)
    return None if capacity is None or capacity.state_party_id == author else capacity.state_party_id


def note_opening(unopened: QuerySet[Any], opener: Any, **noted: Any) -> bool:
    """Note it on the row where it is ``unopened`` still; whether it was."""
    return bool(unopened.update(opened_at=timezone.now(), opened_by=opener, **noted))


def open_piece(reader: Actor, piece: Any, author: Any) -> None:
    """Note that a State opens a ``SentPiece`` of another, before it is shown or used; a draft is opened by nobody.

    Raises PolicyRefusedError where it was recalled since the caller found it.
    """
    if piece.sent_at is None or piece.opened_at is not None or getattr(piece, "brought_piece_id", None) is not None:
        return
    opener = opener_of(reader, piece.review, author)
    if opener is None:
        return
    stands = type(piece)._default_manager.filter(pk=piece.pk, sent_at=piece.sent_at)
    if not note_opening(stands.filter(opened_at=None), opener) and not stands.exists():
        raise PolicyRefusedError(refused(RECALLED_BY_ITS_STATE))
