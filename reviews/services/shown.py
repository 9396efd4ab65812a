"""The question that every write of the exchange asks once all is locked: does still hold what the writer was shown?"""

from django.utils.translation import gettext as _

from core.errors import ConflictError, ServiceError
from reviews.selectors.shown import what_changed
from reviews.services.revisions import Revised
from reviews.shown import Shown


def require_shown(shown: Shown, now: Shown, row: Revised | None = None, *, base: int = 0) -> None:
    """Raise ConflictError where other people would read it, or another version be cancelled, than was shown.

    ``row`` is what is written on, locked, None for what is new; ``base`` the revision of it that the writer saw.
    """
    if shown == now:
        return
    then, holds = what_changed(shown, now)
    raise ConflictError(
        _("Nothing was saved: what this page showed beside the text has changed since you opened it."),
        current=row.text if row else "",
        revision=row.revision if row else 0,
        then=then,
        now=holds,
        is_text_changed=row is not None and row.revision != base,
    )


def require_seen(revision: int, base: int) -> None:
    """Raise ServiceError where the text that is to be sent, or thrown away, is not the one that was shown."""
    if revision != base:
        raise ServiceError(_("The text has changed since you opened this page. Please look at it again."))
