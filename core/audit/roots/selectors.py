"""The roots as everybody may see them."""

import re

from django.db.models import Q, QuerySet
from django.http import Http404

from core.models import RecordRoot


def public_roots() -> QuerySet[RecordRoot]:
    """The newest first."""
    return RecordRoot.objects.order_by("-number")


def latest_root() -> RecordRoot | None:
    return public_roots().first()


def roots_asked(number: str) -> list[RecordRoot]:
    """The newest root, and before it the one of this number where there is such a one; with their secrets."""
    wanted = [int(number)] if re.fullmatch("[0-9]{1,9}", number, re.ASCII) else []
    newest = public_roots().values("number")[:1]
    rows = RecordRoot.objects.filter(Q(number__in=wanted) | Q(number__in=newest))
    return list(rows.select_related("secret").order_by("number"))


def get_public_root(number: int) -> RecordRoot:
    """Raises Http404 where there is none."""
    found = public_roots().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def public_keys() -> list[tuple[str, str]]:
    """Fingerprint and public key of each key that has signed a root, the last used first; one query."""
    rows = public_roots().exclude(key="").order_by("key", "-number").distinct("key")
    found = sorted(rows.values_list("number", "key", "public_key"), reverse=True)
    return [(key, public_key) for _number, key, public_key in found]


def get_public_key(fingerprint: str) -> str:
    """Raises Http404 where no such key has signed a root."""
    found = public_roots().filter(key=fingerprint).values_list("public_key", flat=True).first()
    if found is None:
        raise Http404
    return found
