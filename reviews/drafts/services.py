"""What every write of the exchange asks: does the revision still stand, and does what the writer was shown?"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol

from django.utils.translation import gettext as _

from core.errors import ConflictError, ServiceError
from core.language.text import clean_text
from reviews.drafts.shown import Shown
from reviews.drafts.situations import what_changed


class Revised(Protocol):
    @property
    def text(self) -> str: ...

    revision: int


def past_own(row: Revised | None, base: int, lost: Sequence[str], *, is_own: bool) -> int:
    """The revision that a text really rests on: past the writer's own saves whose replies were lost on the way.

    ``lost`` are texts that the writer sent on ``base`` without a reply, ``is_own`` whether he or she has saved ``row``
    last. Each save was made on ``base``, or on one of them: a colleague's between would have kept the next from being
    saved.
    """
    if row is None or not is_own or not base < row.revision <= base + len(lost):
        return base
    for text in lost:
        with suppress(ServiceError):
            if clean_text(text) == row.text:
                return row.revision
    return base


def rewrite(row: Any, text: str, base: int, **by: object) -> bool:
    """Make ``text`` the next revision of ``row``, which the caller has locked and saves; ``by``: who writes it, when.

    False where it stands there already. Raises ConflictError like ``require_base``.
    """
    if row.text == text:
        return False
    require_base(row, base)
    for name, value in {"text": text, "revision": row.revision + 1, **by}.items():
        setattr(row, name, value)
    return True


def require_base(row: Revised | None, base: int) -> None:
    """Raise ConflictError when somebody saved ``row``, or threw it away, since the writer saw revision ``base``."""
    if row is None and base:
        raise ConflictError(_("This text is not there any more."), current="", revision=0)
    if row is not None and row.revision != base:
        raise ConflictError(
            _("A colleague has changed this text since you opened it. Both texts are shown; nothing is lost."),
            current=row.text,
            revision=row.revision,
        )


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
