"""One way to hash content, which anybody can work out again: documents that are cleared, versions, the audit."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def document_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document as canonical JSON (sorted keys, no white space, UTF-8)."""
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text_hash(canonical)


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return content_hash(text.encode())


def content_hash(content: bytes) -> str:
    """SHA-256 of bytes, such as those of a file."""
    return hashlib.sha256(content).hexdigest()
