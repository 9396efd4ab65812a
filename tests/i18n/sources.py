"""The messages of the sources, as ``make messages`` collects them, but without gettext's programs.

Django turns a template into Python-like text before xgettext reads it; here Babel reads that text, and the modules.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
FOLDERS = (
    "accounts",
    "config",
    "core",
    "dialogue",
    "lots",
    "observations",
    "portal",
    "questionnaires",
    "reviews",
    "tools",
)
TEMPLATES = ("*.html", "*.txt")
# Where the arguments of a function stand: "c" marks the context. None: only the message.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# (context, message); the plural follows from the singular.
Key = tuple[str | None, str]


def path_of_catalogue(code: str) -> Path:
    return ROOT / "locale" / code / "LC_MESSAGES" / "django.po"


def catalogue(code: str) -> Catalog:
    with path_of_catalogue(code).open("rb") as file:
        return read_po(file, locale=code)


def messages_of_sources() -> dict[Key, str]:
    """Every message with the place where it stands first."""
    found: dict[Key, str] = {}
    for path, text in _texts():
        for key in _messages_in(text):
            found.setdefault(key, path.relative_to(ROOT).as_posix())
    return found


def _texts() -> Iterator[tuple[Path, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, path.read_text()
    for pattern in TEMPLATES:
        for path in sorted((ROOT / "templates").rglob(pattern)):
            # Nothing but the calls matters; an indent would be taken for a block of Python.
            lines = templatize(path.read_text(), origin=str(path)).splitlines()
            yield path, "\n".join(line.strip() for line in lines)


def _messages_in(text: str) -> Iterator[Key]:
    for _line, function, arguments, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, (), {}):
        values = arguments if isinstance(arguments, tuple) else (arguments,)
        places = KEYWORDS[function] or (1,)
        context_at = next((place[0] for place in places if isinstance(place, tuple)), None)
        message_at = next(place for place in places if isinstance(place, int))
        if isinstance(message := values[message_at - 1], str):
            yield (values[context_at - 1] if context_at else None), message
