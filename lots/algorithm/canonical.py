"""One way to write a file of a draw, so that the same content has the same bytes and the same hash everywhere."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """Sorted keys, two spaces, no escapes outside ASCII, a line end at the end (docs/draw-files.md)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
