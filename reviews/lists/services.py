"""Remembering how people last narrowed a list: no act of a review, so that it stands in no record."""

from typing import Any
from urllib.parse import urlencode

from accounts.people.models import User
from core.web.filters import PortalFilterSet
from reviews.lists.models import LastFilter
from reviews.programme.models import Mechanism


def remember_filter(*, actor: User, mechanism: Mechanism, page: str, narrowed: PortalFilterSet, **beside: str) -> None:
    """What narrows a list of the actor's now, with what goes along (``beside``: how it is sorted or shown).

    Where nothing narrows, what was remembered is forgotten. One query, and another where something else narrows
    than before.
    """
    own: dict[str, Any] = {"user": actor, "mechanism": mechanism, "page": page}
    if not narrowed.is_active:
        LastFilter.objects.filter(**own).delete()
        return
    query = urlencode({**narrowed.chosen, **{name: value for name, value in beside.items() if value}})
    if not LastFilter.objects.filter(**own, query=query).exists():
        LastFilter.objects.bulk_create(
            [LastFilter(**own, query=query)],
            update_conflicts=True,  # of two tabs at once the later one counts
            unique_fields=[*own],
            update_fields=["query", "updated_at"],
        )
