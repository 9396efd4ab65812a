"""Text that people type, brought into one form before it is stored."""

import unicodedata
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from core.errors import ServiceError

MAXIMUM_TEXT_LENGTH = 50_000  # characters: some 8,000 words, four fifths of a whole written feedback
_LINE_CHARACTERS = "\n\t"
_JOINERS = "\u200c\u200d"


def clean_text(value: str, *, maximum: int = MAXIMUM_TEXT_LENGTH, field: str = "text") -> str:
    """Unicode NFC with plain line ends. Raises ServiceError when it is too long or is no text."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > maximum:
        message = _("This is %(length)s characters long. The limit is %(maximum)s.")
        raise ServiceError(message % {"length": len(text), "maximum": maximum}, field=field)
    if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in _LINE_CHARACTERS for c in text):
        raise ServiceError(
            _("This holds characters that are not text. Type it or paste it as plain text."), field=field
        )
    return text.rstrip()


def require_text(value: str, message: str, *, maximum: int = MAXIMUM_TEXT_LENGTH, field: str = "text") -> str:
    """``clean_text`` for what must not be empty; ``message`` is what the person is told then."""
    text = clean_text(value, maximum=maximum, field=field).strip()
    if not text:
        raise ServiceError(message, field=field)
    return text


def plain_line(text: str) -> str:
    """One line without what changes it unseen: control characters, line breaks, marks that turn the direction.

    For heads of mails and other places where only letters count. Joiners stay: some scripts are spelt with them.
    """
    seen = (c for c in text if unicodedata.category(c) not in {"Cf", "Cs", "Co"} or c in _JOINERS)
    return " ".join("".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in seen).split())


def is_web_address(link: str) -> bool:
    """Whether a link leads to the web, and nowhere else."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
