"""Links as whoever follows one finds them: at the door, where nobody is signed in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.links.enums import LinkPurpose
from accounts.links.models import StateLink
from accounts.links.tokens import hash_of
from core.database.identity import at_the_door


def followed_link(purpose: LinkPurpose, token: str) -> StateLink | None:
    """The link with this secret, whether it has run out or was ended; None for one that is wrong."""
    with at_the_door():
        return _links(purpose).filter(sha256=hash_of(token)).first()


def get_link(purpose: LinkPurpose, key: UUID | str) -> StateLink | None:
    """A link by its key, as it stands now; the caller has seen its secret."""
    with at_the_door():
        return _links(purpose).filter(pk=key).first()


def names_ended_link(context: Mapping[str, Any]) -> bool:
    """Whether a mail with this context leads to a link that was ended (``link``: its key)."""
    key = context.get("link")
    return key is not None and StateLink.objects.filter(pk=key, ended_at__isnull=False).exists()


def _links(purpose: LinkPurpose) -> QuerySet[StateLink]:
    return StateLink.objects.filter(purpose=purpose).select_related("state_party")
