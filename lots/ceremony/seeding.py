"""How a seed is put together from what several people say, so that none of them decides it. Pure.

Everybody can work it out again: ``printf '%s' '4711/our secret words' | sha256sum`` gives a commitment, and the seed is
the parts in their order, ``african=4711/asia-pacific=20/``.
"""

import hashlib
import unicodedata
from collections.abc import Iterable

DIVIDERS = "/="


def folded(text: str) -> str:
    """Unicode NFC with single spaces: what two people type after the same words is the same."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def has_invisible_signs(text: str) -> bool:
    """Whether there are control characters, marks of direction and the like, which nobody can read aloud."""
    return any(unicodedata.category(sign).startswith("C") for sign in text)


def commitment_to(value: str, secret: str) -> str:
    """SHA-256 of ``value/secret words``."""
    return hashlib.sha256(f"{value}/{secret}".encode()).hexdigest()


def combined(parts: Iterable[tuple[str, str]]) -> str:
    """The seed of sources and values, in the order in which they were announced."""
    return "".join(f"{source}={value}/" for source, value in parts)
