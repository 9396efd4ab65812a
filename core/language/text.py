"""Text that people type, brought into one form before it is stored."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.utils.translation import gettext as _, ngettext

from core.errors import ServiceError
from core.language.rendering import RenderedText, render
from core.language.unseen import NO_TEXT, code_of, unseen_places


def one_line(value: str) -> str:
    """As it is kept: composed letters, one line, single spaces."""
    return " ".join(unicodedata.normalize("NFC", value).split())


MAXIMUM_TEXT_LENGTH = 50_000  # characters: some 8,000 words, four fifths of a whole written feedback
UNSEEN = "unseen"  # the code of the refusal that a form can mend when the person asks it to
# Line ends of other systems, and the two of Unicode that word processors put into what is copied.
_LINE_ENDS = re.compile("\r\n|[\r\v\u2028]")
_CODES_NAMED = 3
_JOINERS = "\u200c\u200d"


def clean_text(value: str, *, maximum: int = MAXIMUM_TEXT_LENGTH, field: str = "text") -> str:
    """Unicode NFC with plain line ends. Raises ServiceError when it is too long or is no text.

    Characters that nobody sees are refused and not taken out: what a person sends is never changed unasked, and what
    States clear reads as its bytes do (``core.language.unseen``).
    """
    lines = _LINE_ENDS.sub("\n", value).replace("\u2029", "\n\n")
    text = unicodedata.normalize("NFC", lines)
    if len(text) > maximum:
        message = _("This is %(length)s characters long. The limit is %(maximum)s.")
        raise ServiceError(message % {"length": len(text), "maximum": maximum}, field=field)
    if NO_TEXT.search(text):
        raise ServiceError(
            _("This holds characters that are not text. Type it or paste it as plain text."), field=field
        )
    _refuse_unseen(text, field)
    return text.rstrip()


def as_kept(value: str) -> str:
    """What a form has sent as ``clean_text`` would keep it, for a comparison; what would be refused as it was sent."""
    try:
        return clean_text(value).strip()
    except ServiceError:
        return value.strip()


def _refuse_unseen(text: str, field: str) -> None:
    codes = list(dict.fromkeys(code_of(text[place]) for place in unseen_places(text)))
    if not codes:
        return
    message = ngettext(
        "This holds a character that nobody sees: %(codes)s. Remove it, so that the text reads as it is stored.",
        "This holds characters that nobody sees: %(codes)s. Remove them, so that the text reads as it is stored.",
        len(codes),
    )
    named = " ".join([*codes[:_CODES_NAMED], *(["…"] if len(codes) > _CODES_NAMED else [])])
    raise ServiceError(message % {"codes": named}, field=field, code=UNSEEN)


def clean_markdown(value: str, *, maximum: int = MAXIMUM_TEXT_LENGTH, field: str = "text") -> RenderedText:
    """``clean_text`` for what is shown as Markdown, with the form in which it is shown, so that it is made once.

    Raises ServiceError also where no page could show the result.
    """
    text = clean_text(value, maximum=maximum, field=field)
    rendered = render(text)
    if text and not rendered:
        message = _(
            "No page could show this text: its tables, lists or links become too many, or lie too deep in one another. "
            "Shorten the tables, or give them as a file."
        )
        raise ServiceError(message, field=field)
    return RenderedText(text, rendered)


def require_markdown(
    value: str, message: str, *, maximum: int = MAXIMUM_TEXT_LENGTH, field: str = "text"
) -> RenderedText:
    """``clean_markdown`` for what must not be empty; ``message`` is what the person is told then."""
    text = clean_markdown(value.strip(), maximum=maximum, field=field)
    if not text:
        raise ServiceError(message, field=field)
    return text


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
