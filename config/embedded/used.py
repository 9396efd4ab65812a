"""Whether there has been a portal in a data folder: then an empty database in it is a loss, and no first start."""

from __future__ import annotations

from pathlib import Path

# What a portal leaves behind, in folders of versions before the mark too.
_TRACES = ("files", "mail", "roots")


def mark(data: Path) -> None:
    """Note that the database of this data folder has its tables."""
    (data / "in-use").touch()


def unmark(data: Path) -> None:
    """Let the next start be a first one: somebody asked for all data to be dropped."""
    (data / "in-use").unlink(missing_ok=True)


def is_used(data: Path) -> bool:
    """Tell whether a portal was here."""
    marks = (data / "in-use", data / "demo-accounts.txt")
    return any(path.exists() for path in marks) or any(
        path.is_file() for name in _TRACES for path in (data / name).rglob("*")
    )
