"""Stamps: small files that remember from what something was made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.bootstrap import ROOT


def digest(paths: Iterable[Path], *extra: str) -> str:
    """Return one hash over names and contents of files and over `extra` words, in a fixed order."""
    total = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return total.hexdigest()


def files_in(*folders: Path) -> list[Path]:
    """Return all files below the folders that exist."""
    return [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]


def is_current(stamp: Path, wanted: str) -> bool:
    """Tell whether the stamp says `wanted`."""
    return stamp.exists() and stamp.read_text() == wanted


def write(stamp: Path, value: str) -> None:
    """Write a stamp."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
