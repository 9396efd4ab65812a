"""What a root says, byte for byte, and the file that says it (docs/record-roots.md)."""

import json
from hashlib import sha256
from typing import Any

from core.audit.roots.keys import fingerprint_of, is_signed
from core.models import RecordRoot

FORMAT, FORMAT_VERSION = "root-of-records", 1
NO_ROOT = "0" * 64  # before the first


def statement_of(root: RecordRoot) -> dict[str, Any]:
    """What is hashed and signed. It names day, root before and key, so that none can be left out or put elsewhere."""
    return {
        "day": root.day.isoformat(),
        "earlier": root.earlier,
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "key": root.key,
        "number": root.number,
        "tree": root.tree,
    }


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(root: RecordRoot) -> str:
    return sha256(canonical(statement_of(root))).hexdigest()


def published(root: RecordRoot) -> dict[str, Any]:
    """All that is given out of a root."""
    return {
        "public_key": root.public_key,
        "root": root.hash,
        "signature": root.signature,
        "statement": statement_of(root),
    }


def file_of(root: RecordRoot) -> bytes:
    return canonical(published(root)) + b"\n"


def file_name_of(root: RecordRoot) -> str:
    return f"root-{root.day.isoformat()}.json"


def key_file_name(fingerprint: str) -> str:
    return f"key-{fingerprint[:16]}.pem"


def fits(root: RecordRoot, before: RecordRoot | None) -> bool:
    """Whether a root is what it says: its hash, its place after the one before, and its signature if it has a key."""
    follows = (
        (root.number, root.earlier) == (before.number + 1, before.hash) and root.day > before.day
        if before
        else (root.number, root.earlier) == (1, NO_ROOT)
    )
    return follows and root.hash == hash_of(root) and _is_signed_by_its_key(root)


def _is_signed_by_its_key(root: RecordRoot) -> bool:
    if not root.key:
        return not (root.public_key or root.signature)
    if len(root.public_key) != len(NO_ROOT) or root.key != fingerprint_of(root.public_key):
        return False
    return is_signed(canonical(statement_of(root)), root.signature, root.public_key)
