"""By which words a law is known again, however it is typed; pure."""

import unicodedata
from typing import Protocol

LONGEST_TITLE = 300  # characters, as a law may be named in an answer
_NAMING = ("title", "translation", "also_cited_as")


class _Named(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def translation(self) -> str: ...
    @property
    def also_cited_as(self) -> str: ...


def law_key(words: str) -> str:
    """The words alone: without regard to case, to signs between them, and to how letters are composed.

    "Penal Code, 1999" and "penal code (1999)" are one. Empty where there is no letter and no figure.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", words).casefold())
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in folded).split())


def names_of(law: _Named) -> dict[str, str]:
    """Each name of a law as it is known again, and the field in which it stands."""
    keys: dict[str, str] = {}
    for name in _NAMING:
        for line in getattr(law, name).split("\n"):
            if key := law_key(line):
                keys.setdefault(key, name)
    return keys
