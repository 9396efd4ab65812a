"""The words of each mechanism for what the portal has words for: kept near, since every page speaks them."""

from functools import lru_cache

from django.db import InterfaceError, OperationalError
from modeltranslation.utils import build_localized_fieldname

from core.cached import Nearby
from core.language.i18n import UN_LANGUAGES
from core.language.terminology import Terminology
from reviews.programme.models import Mechanism

_COLUMNS = {code: build_localized_fieldname("words", code) for code, _name in UN_LANGUAGES}


def _look() -> dict[str, dict[str, str]]:
    """By the short name of a mechanism and by language the lines; of one without words too."""
    return {
        row["slug"]: {code: row[column] for code, column in _COLUMNS.items() if row[column]}
        for row in Mechanism.objects.values("slug", *_COLUMNS.values())
    }


_words: Nearby[dict[str, dict[str, str]]] = Nearby("words-of-mechanisms", _look, cached_for=60, near_for=5)


def terminology_of(slug: str) -> Terminology | None:
    """The words of a mechanism; without a name those of the only one, where the portal has one alone.

    The portal's own where the mechanism has none, and as long as the database is away.
    """
    try:
        words = _words.get()
    except (InterfaceError, OperationalError):
        _words.keep_near({})  # else each who asks waits for the database anew
        return None
    if not slug and len(words) == 1:
        (slug,) = words
    lines = words.get(slug)
    return _made(slug, tuple(sorted(lines.items()))) if lines else None


@lru_cache(maxsize=32)
def _made(slug: str, lines: tuple[tuple[str, str], ...]) -> Terminology:
    """One and the same as long as its words are: what was rendered is kept by it."""
    return Terminology(slug, dict(lines))


def forget_words() -> None:
    """Look anew: called after what was changed is committed."""
    _words.forget()
