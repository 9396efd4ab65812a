"""What of a review's content a reader may find: the shared table, and the room of his or her own State."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.enums import Grant
from reviews.models import Review
from reviews.permissions import SECRETARIAT, hat_of, secretariat_role

T = TypeVar("T", bound=Model)


def readable(pieces: QuerySet[T], user: User, review: Review) -> QuerySet[T]:
    """Those that the reader may read. The drafts of others are not in the query."""
    hat = hat_of(user, review)
    if hat is not None and hat.has(Grant.READ):
        return pieces.filter(Q(room=None) | Q(room=hat.state_party_id), review=review)
    return pieces.filter(review=review, room=None) if secretariat_role(user) in SECRETARIAT else pieces.none()


def get_piece(pieces: QuerySet[T], user: User, review: Review, **lookup: Any) -> T:
    """One piece by ``lookup``; the caller asks the policy, which tells those who may not read it why not.

    Raises Http404 where there is none, or it lies in a room that is not the reader's.
    """
    hat = hat_of(user, review)
    own = Q(room=hat.state_party_id) if hat is not None and hat.has(Grant.READ) else Q(pk=None)
    piece = pieces.filter(Q(room=None) | own, review=review, **lookup).first()
    if piece is None:
        raise Http404(_("There is no such page."))
    return piece
