"""Rotation of the log files of programs that keep them open."""

from __future__ import annotations

import shutil
from pathlib import Path

LARGEST = 10 * 1024 * 1024  # bytes
KEPT = 5


def rotate(folder: Path, *, largest: int = LARGEST, kept: int = KEPT) -> None:
    """Copy every log file larger than `largest` bytes aside and empty it; keep `kept` older ones of each.

    The programs append to a file that they hold open, so it is emptied and never replaced. A line written
    between the copy and the emptying is lost; these are logs of a machine of one's own.
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size <= largest:
            continue
        for number in range(kept - 1, 0, -1):
            older = log.with_name(f"{log.name}.{number}")
            if older.exists():
                older.rename(log.with_name(f"{log.name}.{number + 1}"))
        shutil.copy(log, log.with_name(f"{log.name}.1"))
        with log.open("r+b") as file:
            file.truncate(0)
