"""Which state of a row a form was made from, so that it overwrites nobody unseen."""

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.models import BaseModel


def seen_of(row: BaseModel | None) -> str:
    """For a form to carry; empty where there was no row."""
    return row.updated_at.isoformat() if row else ""


def require_unchanged(row: BaseModel | None, seen: str) -> None:
    """Raises ServiceError where the row, held by now, is not as it was ``seen``."""
    if seen_of(row) != seen:
        raise ServiceError(_("A colleague has recorded something here meanwhile. Look at what stands now, then go on."))
