"""Where chance comes from: SHA-256 in counter mode, so that every language reproduces every number.

The construction is published in docs/draw-files.md, "Chance"; a change here is a new format version.
"""

import hashlib
import struct
from collections.abc import Sequence
from typing import TypeVar

PURPOSE = "country-review-draw-"
_WORDS = struct.Struct(">4Q")
_RANGE = 1 << 64

Item = TypeVar("Item")


def key_of(commitment: str, seed: str, *, version: int = 1) -> bytes:
    """The key of a draw: 32 bytes from what was published before the seed was known, and from the seed.

    ``version`` is that of the format of its files.
    """
    return hashlib.sha256(f"{PURPOSE}{version}\n{commitment}\n{seed}".encode()).digest()


class Chance:
    """The numbers of one stream. Two streams of a draw have nothing to do with one another."""

    def __init__(self, key: bytes, stream: str) -> None:
        self._key = hashlib.sha256(key + stream.encode("utf-8")).digest()
        self._block = 0
        self._words: list[int] = []

    def below(self, count: int) -> int:
        """A number from 0 to ``count`` - 1, each as likely as the other: words that would favour some are left out."""
        while True:
            if not self._words:
                digest = hashlib.sha256(self._key + self._block.to_bytes(8, "big")).digest()
                self._words = list(_WORDS.unpack(digest))[::-1]
                self._block += 1
            word = self._words.pop()
            remainder = word % count
            if word - remainder <= _RANGE - count:
                return remainder

    def shuffle(self, items: Sequence[Item]) -> list[Item]:
        """A copy in a random order (Fisher and Yates, from the last place down)."""
        shuffled = list(items)
        for place in range(len(shuffled) - 1, 0, -1):
            other = self.below(place + 1)
            shuffled[place], shuffled[other] = shuffled[other], shuffled[place]
        return shuffled
