"""What a killed supervisor may have left: children that are still stopping, and stale files of theirs."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from config.embedded.processes import Child

# The time that children get to stop by themselves after their supervisor was killed (seconds).
PATIENCE = 20.0


def start_time(pid: int) -> str | None:
    """Return when process `pid` started, in ticks since boot, or None when there is no such process.

    Together with the number it names a process for good: the system gives numbers out again.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def record(path: Path, children: Sequence[Child]) -> None:
    """Write down which processes are ours, for the supervisor that comes after us."""
    running = [{"pid": child.process.pid, "started": start_time(child.process.pid)} for child in children]
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(running))
    unfinished.rename(path)


def wait_for_orphans(path: Path) -> None:
    """Wait until the recorded processes are over; kill those that are not after `PATIENCE` seconds."""
    try:
        recorded = [(int(one["pid"]), one["started"]) for one in json.loads(path.read_text())]
    except (OSError, ValueError, KeyError, TypeError):
        return
    limit = time.monotonic() + PATIENCE
    while orphans := [pid for pid, started in recorded if started and start_time(pid) == started]:
        if time.monotonic() > limit:
            for pid in orphans:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            limit = time.monotonic() + PATIENCE
        time.sleep(0.1)
    path.unlink(missing_ok=True)


def remove_stale_postmaster(data: Path) -> None:
    """Remove the PID file of a PostgreSQL that is gone, whose number another process may have by now.

    PostgreSQL itself takes any living process of the same account for its predecessor and would not start.
    Only call this with the data folder locked and the orphans gone.
    """
    path = data / "postmaster.pid"
    try:
        pid = int(path.read_text().split(maxsplit=1)[0])
    except (OSError, ValueError, IndexError):
        return
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        command = b""
    if os.fsencode(data) not in command:
        path.unlink(missing_ok=True)
