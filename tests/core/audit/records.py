"""Records of acts that were never in a database, and what a forger does to them."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from core.audit import GENESIS_HASH, chained_hash
from core.hashes import document_hash

Record = dict[str, Any]
CHAIN, OTHER_CHAIN = "untoc/1-XAA", "untoc/1-XAAX"


def content(number: int, *, nonce: str, origin: dict[str, str], words: str = "") -> Record:
    return {
        "acting_state": "XAA",
        "actor": None,
        "actor_name": words or "Nadia Ferrante",
        "address_hash": document_hash(origin),
        "after": {"version": number, "words": words},
        "at": "2026-11-24T12:00:00+00:00",
        "before": None,
        "concerned_states": ["XAA", "XAB"],
        "nonce": nonce,
        "reason": "",
        "room": "",
        "target": {"id": str(number), "label": "1-XAA", "type": "reviews.review"},
        "verb": "reviews.review.advanced",
    }


def record(shown: list[bool], *, seed: int = 0, chain: str = CHAIN, words: str = "") -> Record:
    """A sound record with an entry for each of ``shown``: whether its reader may read it."""
    chance = random.Random(seed)
    entries, previous = [], GENESIS_HASH
    for number, is_shown in enumerate(shown, start=1):
        origin = {"address": "192.0.2.1", "nonce": f"{chance.getrandbits(128):032x}"}
        written = content(number, nonce=f"{chance.getrandbits(128):032x}", origin=origin, words=words)
        content_hash = document_hash(written)
        previous = chained_hash(previous, content_hash, chain, number)
        entry: Record = {"sequence": number, "content_hash": content_hash, "hash": previous}
        entries.append({**entry, "content": written, "origin": origin} if is_shown else entry)
    return {
        "format": "record-of-acts",
        "format_version": 1,
        "chain": chain,
        "reader": "XAA",
        "head": {"sequence": len(entries), "hash": previous},
        "entries": entries,
    }


def beginning(whole: Record, length: int) -> Record:
    """The record as it was when it had that many entries."""
    entries = whole["entries"][:length]
    last = entries[-1]["hash"] if entries else GENESIS_HASH
    return {**whole, "entries": entries, "head": {"sequence": length, "hash": last}}


def renumber(forged: Record) -> None:
    for number, entry in enumerate(forged["entries"], start=1):
        entry["sequence"] = number


def mend(forged: Record) -> None:
    """What a clever forger does: work out every number and hash again, the head too."""
    renumber(forged)
    previous = GENESIS_HASH
    for number, entry in enumerate(forged["entries"], start=1):
        if "content" in entry:
            entry["content_hash"] = document_hash(entry["content"])
        previous = entry["hash"] = chained_hash(previous, entry["content_hash"], forged["chain"], number)
    forged["head"] = {"sequence": len(forged["entries"]), "hash": previous}


def _remove(forged: Record, place: int) -> None:
    del forged["entries"][place]


def _insert(forged: Record, place: int) -> None:
    forged["entries"].insert(place, copy.deepcopy(record([True], seed=9)["entries"][0]))


def _reorder(forged: Record, place: int) -> None:
    entries = forged["entries"]
    other = place - 1 if place else 1
    entries[place], entries[other] = entries[other], entries[place]


def _alter_hash(forged: Record, place: int) -> None:
    entry = forged["entries"][place]
    entry["hash"] = other_hash(entry["hash"])


def _alter_content_hash(forged: Record, place: int) -> None:
    entry = forged["entries"][place]
    entry["content_hash"] = other_hash(entry["content_hash"])


def _replace_with_hidden(forged: Record, place: int) -> None:
    """Hide an act behind the hash of another one."""
    forged["entries"][place] = {**record([False], seed=8)["entries"][0], "sequence": place + 1}


FORGERIES: dict[str, Callable[[Record, int], None]] = {
    "removed": _remove,
    "put in between": _insert,
    "reordered": _reorder,
    "another hash": _alter_hash,
    "another hash of the content": _alter_content_hash,
    "hidden": _replace_with_hidden,
}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value that is no object and no list."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, dict | list):
        yield path
    for key, item in items:
        yield from leaves(item, (*path, key))


def alter(value: Any, path: tuple[Any, ...]) -> None:
    """Make one leaf another value of its kind."""
    *above, last = path
    for key in above:
        value = value[key]
    old = value[last]
    value[last] = old + 1 if isinstance(old, int) else "x" if old is None else f"{old}x"


def other_hash(value: str) -> str:
    return ("1" if value[0] == "0" else "0") + value[1:]


def write(folder: Path, written: Any, name: str = "record.json") -> Path:
    path = folder / name
    path.write_text(written if isinstance(written, str) else json.dumps(written), "utf-8")
    return path
