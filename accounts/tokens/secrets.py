"""The secret of a token: 256 random bits, with a beginning by which programs that look for leaked secrets know it."""

import secrets
from typing import NamedTuple

from core.hashes import text_hash

PREFIX = "crp_"
_BYTES = 32
_SHOWN = 4  # last letters, by which a person tells the own tokens apart


class Secret(NamedTuple):
    """``words`` is shown once and kept nowhere; ``sha256`` finds its row."""

    words: str
    sha256: str
    hint: str


def new_secret() -> Secret:
    words = PREFIX + secrets.token_urlsafe(_BYTES)
    return Secret(words, hash_of(words), words[-_SHOWN:])


def hash_of(words: str) -> str:
    """SHA-256 without salt or stretching: from it nobody gets back to 256 bits of chance."""
    return text_hash(words)
