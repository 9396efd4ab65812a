"""Find a PostgreSQL that hangs, and end it so that the next one can begin (docs/adr/0031).

It is never taken to hang for being slow: who recovers, starts, stops or has no connection left says so, and that is an
answer. Who says nothing has to do nothing as well: while one of its processes works, or waits for the disk, it is left
alone. Ended at once, as in a crash, it loses nothing that was committed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from config.embedded.healing import SupervisedProcess, kill
from config.embedded.postgres import DatabaseCluster
from config.embedded.processes import Child

ANSWERS_WITHIN = 5  # seconds
# Of processor time between two looks, some ten seconds apart. What waits for work takes far less, by itself.
WORK = 0.2  # seconds
ENDS_WITHIN = 8  # seconds: PostgreSQL itself kills after 5 what does not follow it
_TICKS = os.sysconf("SC_CLK_TCK")


def answers_anything(cluster: DatabaseCluster) -> bool:
    """Tell whether who connects gets an answer, if only a refusal: to let somebody in it reads its catalogue."""
    try:
        with cluster.superuser(seconds=ANSWERS_WITHIN):
            return True
    except psycopg.Error as error:
        return "FATAL" in str(error)  # with which every refusal begins; all else is the network's


class Signs:
    """What a server shows of itself from one look to the next."""

    def __init__(self, cluster: DatabaseCluster, part: SupervisedProcess) -> None:
        self.cluster = cluster
        self.part = part
        self.worked: dict[int, float] = {}

    def shows_life(self) -> bool:
        """Tell whether it answers, or works since the last look, or waits for the disk. It is asked where it runs."""
        before, self.worked = self.worked, {}
        if answers_anything(self.cluster):
            return True
        if self.part.child is None:
            return False
        found = {pid: _state_and_seconds(pid) for pid in family(self.part.child.process.pid)}
        self.worked = {pid: seconds for pid, (_state, seconds) in found.items()}
        if not before or any(state == "D" for state, _seconds in found.values()):
            return True
        return sum(seconds - before.get(pid, 0.0) for pid, seconds in self.worked.items()) >= WORK


def family(server: int) -> list[int]:
    """The server and its processes, all of which it has begun itself; each is in a session of its own."""
    found = [server]
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            if int(_fields(entry)[1]) == server:
                found.append(int(entry.name))
    return found


def end(child: Child) -> None:
    """End it at once: it is asked to ("immediate"), and what does not hear that is killed, its processes first."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        child.process.send_signal(signal.SIGQUIT)
    try:
        child.process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        killed = family(child.process.pid)[1:]
        for pid in killed:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        # The last of them keeps the next server out. One that waits for the disk may take longer.
        limit = time.monotonic() + ENDS_WITHIN
        while any(map(_runs, killed)) and time.monotonic() < limit:
            time.sleep(0.05)
    kill(child)


def _runs(pid: int) -> bool:
    """Tell whether it has not ended; what has is seen until its parent, which hangs, asks for it."""
    return _state_and_seconds(pid)[0] not in ("", "Z", "X")


def _state_and_seconds(pid: int) -> tuple[str, float]:
    try:
        fields = _fields(Path(f"/proc/{pid}"))
    except OSError:  # it has ended meanwhile
        return "", 0.0
    return fields[0], (int(fields[11]) + int(fields[12])) / _TICKS


def _fields(process: Path) -> list[str]:
    """What the kernel tells of it after its name, which may hold spaces: state, parent, ..."""
    return (process / "stat").read_text().rsplit(")", 1)[1].split()
