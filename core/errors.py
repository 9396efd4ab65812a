from collections.abc import Sequence
from typing import TypeVar

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _

T = TypeVar("T")


def found(row: T | None) -> T:
    """``row``, where there is one. Raises Http404 in words."""
    if row is None:
        raise Http404(_("There is no such page."))
    return row


class ServiceError(Exception):
    """A service refuses for a reason that the person can mend; ``message`` is translated and shown by ``field``.

    ``code`` names a reason for which a form offers the mending itself.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None, code: str = "") -> None:
        self.message = message
        self.field = field
        self.code = code
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class OutdatedError(ServiceError):
    """What an act rests on has changed since its page was shown; nothing was done.

    ``now``: what the form carries when it is sent again, where the service says so.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None, now: str = "") -> None:
        super().__init__(message, field=field)
        self.now = now


class ConflictError(ServiceError):
    """What the writer was shown is not so any more; nothing was written, and nothing of others is undone.

    ``current`` is the text as it stands now and ``revision`` its number, so that the page can show both texts.
    ``then`` and ``now``: what the writer was shown beside the text and what holds now, in sentences; empty where that
    is the same. ``is_text_changed``: somebody else has saved in the meantime.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        current: str,
        revision: int,
        field: str = "text",
        then: Sequence[str] = (),
        now: Sequence[str] = (),
        is_text_changed: bool = True,
    ) -> None:
        super().__init__(message, field=field)
        self.current = current
        self.revision = revision
        self.then, self.now = then, now
        self.is_text_changed = is_text_changed
