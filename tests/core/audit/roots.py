"""Roots in tests: a key, a folder of their own, and roots over records that were never in a database."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings

from core.audit.roots.keys import fingerprint_of, public_key_of
from core.audit.roots.statements import NO_ROOT, canonical, hash_of, published, statement_of
from core.audit.roots.tree import Leaf, Tree, salt_of
from core.models import RecordRoot
from tests.core.audit.records import Record

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
FIRST_DAY = dt.date(2026, 11, 25)
SEED = b"\x05" * 32


@contextmanager
def kept_in(folder: Path, *, key: str | None = "07" * 32) -> Iterator[Path]:
    """Inside, roots are kept in this folder, and signed with a key in a file beside it (None: with none)."""
    name = ""
    if key is not None:
        name = str(folder.with_name(f"{folder.name}-key"))
        Path(name).write_text(key)
    with override_settings(RECORD_ROOTS_DIR=folder, RECORD_KEY_FILE=name):
        yield folder


def root_over(
    leaves: Iterable[Leaf],
    *,
    before: RecordRoot | None = None,
    key: Ed25519PrivateKey | None = KEY,
    seed: bytes = SEED,
) -> RecordRoot:
    """A root that was never in a database."""
    number = before.number + 1 if before else 1
    root = RecordRoot(
        number=number,
        day=FIRST_DAY + dt.timedelta(days=number),
        earlier=before.hash if before else NO_ROOT,
        tree=Tree(leaves, seed).top,
    )
    if key:
        root.public_key = public_key_of(key)
        root.key = fingerprint_of(root.public_key)
        root.signature = key.sign(canonical(statement_of(root))).hex()
    root.hash = hash_of(root)
    return root


def head_of(written: Record) -> Leaf:
    return Leaf(written["chain"], written["head"]["sequence"], written["head"]["hash"])


def with_root(written: Record, *, others: Iterable[Leaf] = (), over: Record | None = None, **how: Any) -> Record:
    """The record with the way to a root over it, or over ``over`` (an earlier or another state of it), and others."""
    leaf = head_of(over or written)
    leaves = [leaf, *others]
    proof = {
        "hash": leaf.hash,
        "path": Tree(leaves, SEED).path(leaf.chain),
        "salt": salt_of(SEED, leaf.chain),
        "sequence": leaf.sequence,
    }
    given = {**published(root_over(leaves, **how)), "proof": proof}
    return {**written, "format_version": 2, "roots": [given]}
