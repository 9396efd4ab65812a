"""The tree over the heads of one night. Pure: knows nothing of rows.

Each chain has the one place in it that its name gives, so that two States cannot be led to two heads of one chain.
What is empty is filled with hashes that nobody can tell from others, and a leaf is hidden by a random number of its
chain and night: a path tells nothing of other chains, and not how many there are. Leaves and nodes are hashed apart
(RFC 6962).
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

DEPTH = 48  # so that two of a thousand chains meet in one place once in a thousand million installations
_LEAF, _NODE = b"\x00", b"\x01"
_PLACE_BYTES = DEPTH // 8


class Leaf(NamedTuple):
    """The head of a chain: how many entries it has, and the hash of the last."""

    chain: str
    sequence: int
    hash: str


class PlaceTakenError(Exception):
    """Two chains whose names give the same place."""


class Tree:
    """The whole tree of a night, of ``seed`` and the heads of all chains."""

    def __init__(self, leaves: Iterable[Leaf], seed: bytes) -> None:
        self._seed = seed
        self._levels: list[Mapping[int, bytes]] = [self._hashed(leaves)]
        for depth in range(DEPTH, 0, -1):
            self._levels.append(self._above(self._levels[-1], depth))

    @property
    def top(self) -> str:
        return self._levels[-1].get(0, self._empty(0, 0)).hex()

    def path(self, chain: str) -> list[str]:
        """What stands beside the way from the leaf of a chain to the top, the lowest first."""
        place, beside = place_of(chain), []
        for depth, level in zip(range(DEPTH, 0, -1), self._levels[:-1], strict=True):
            beside.append((level.get(place ^ 1) or self._empty(depth, place ^ 1)).hex())
            place >>= 1
        return beside

    def _hashed(self, leaves: Iterable[Leaf]) -> Mapping[int, bytes]:
        placed: dict[int, bytes] = {}
        for leaf in leaves:
            place = place_of(leaf.chain)
            if place in placed:
                raise PlaceTakenError(leaf.chain)
            placed[place] = leaf_hash(leaf, salt_of(self._seed, leaf.chain))
        return placed

    def _above(self, level: Mapping[int, bytes], depth: int) -> Mapping[int, bytes]:
        above: dict[int, bytes] = {}
        for place in {place & ~1 for place in level}:
            left = level.get(place) or self._empty(depth, place)
            right = level.get(place | 1) or self._empty(depth, place | 1)
            above[place >> 1] = sha256(_NODE + left + right).digest()
        return above

    def _empty(self, depth: int, place: int) -> bytes:
        return hmac.digest(self._seed, b"empty" + bytes([depth]) + place.to_bytes(_PLACE_BYTES), "sha256")


def place_of(chain: str) -> int:
    """The place of a chain among the leaves."""
    return int.from_bytes(sha256(chain.encode()).digest()[:_PLACE_BYTES])


def salt_of(seed: bytes, chain: str) -> str:
    """The random number that hides the leaf of a chain under this seed; who has it learns nothing of others."""
    return hmac.digest(seed, b"chain" + chain.encode(), "sha256").hex()


def leaf_hash(leaf: Leaf, salt: str) -> bytes:
    said = {**leaf._asdict(), "salt": salt}
    return sha256(_LEAF + json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).digest()


def top_over(leaf: Leaf, salt: str, path: Iterable[str]) -> str:
    """The top to which a path leads from a leaf."""
    place, value = place_of(leaf.chain), leaf_hash(leaf, salt)
    for beside in map(bytes.fromhex, path):
        value = sha256(_NODE + (beside + value if place & 1 else value + beside)).digest()
        place >>= 1
    return value.hex()
