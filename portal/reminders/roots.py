"""The newest root of the record in the digests of focal points, so that it is kept in many places (docs/adr/0023).

A root alone, whose mail and page say nothing of what was done.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.audit.roots.selectors import latest_root
from core.language.i18n import interface_language
from core.models import RecordRoot
from reviews.participation import focal_points_among


def roots_told(people: Iterable[UUID]) -> Mapping[UUID, RecordRoot]:
    """The root that each of these people is told: the newest, to focal points; two queries."""
    root = latest_root()
    return dict.fromkeys(focal_points_among(people), root) if root else {}


def root_line(root: RecordRoot | None, person: User) -> dict[str, Any] | None:
    """What the mail says of a root, with the address of its page in the language of the person."""
    if root is None:
        return None
    with translation.override(interface_language(person.language)):
        path = reverse("core:root-detail", args=[root.number])
    return {"number": root.number, "day": root.day.isoformat(), "hash": root.hash, "path": path}
