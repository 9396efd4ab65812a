"""Saving a text that several people write: nothing is overwritten unseen."""

from typing import Protocol

from django.utils.translation import gettext as _

from core.errors import ConflictError


class Revised(Protocol):
    @property
    def text(self) -> str: ...

    revision: int


def check_base(row: Revised, text: str, base: int) -> bool:
    """Whether ``text`` is to be written on ``row``, which the caller has locked; false where it stands there already.

    Raises ConflictError like ``require_base``.
    """
    if row.text == text:
        return False
    require_base(row, base)
    return True


def require_base(row: Revised, base: int) -> None:
    """Raise ConflictError when somebody saved ``row`` since the writer saw revision ``base``."""
    if row.revision != base:
        raise ConflictError(
            _("A colleague has changed this text since you opened it. Both texts are shown; nothing is lost."),
            current=row.text,
            revision=row.revision,
        )
