"""One supervisor for one data folder and one port: who came second is told so, in words."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from config.embedded import EmbeddedError

PORTS_TO_TRY = 200


@contextlib.contextmanager
def only_one(data: Path, url: str) -> Iterator[None]:
    """Hold the data folder. Raises `EmbeddedError` when another supervisor holds it.

    The kernel gives the lock back when its holder dies, however it dies; the file may stay.
    """
    path = data / "supervisor.lock"
    # Python closes the file in every child that it starts, so that no child keeps the lock.
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EmbeddedError(already_running(path, data)) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n{url}\n")
        file.flush()
        yield


def holder(data: Path) -> str | None:
    """Return the address of the portal whose supervisor holds the data folder; None where none does."""
    path = data / "supervisor.lock"
    try:
        with path.open("r", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return [*path.read_text(encoding="utf-8").splitlines(), "?", "?"][1]
    return None


def already_running(lock: Path, data: Path) -> str:
    """Return what to say when the data folder is held by another supervisor."""
    pid, url = [*lock.read_text(encoding="utf-8").splitlines(), "?", "?"][:2]
    return (
        f"The portal is already running on the data folder {data}: {url} (process {pid}).\n"
        f"Open that address, stop it with Ctrl-C (or: kill {pid}), or start a second one beside it on data\n"
        "of its own: DATA_DIR=var-2 PORT=8001 make run"
    )


def can_bind(host: str, port: int) -> bool:
    """Tell whether a server could listen here now. Raises `EmbeddedError` if none ever could."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except PermissionError as error:
            raise EmbeddedError(f"Port {port} is reserved for root; try: PORT=8000 make run") from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise EmbeddedError(f"BIND is {host!r}, which is no address of this machine: {error}") from error
    return True


def check_port(host: str, port: int) -> None:
    """Raise `EmbeddedError`, with a free port to take instead, when `port` is taken."""
    if can_bind(host, port):
        return
    last = min(port + PORTS_TO_TRY, 65535)
    free = next((other for other in range(port + 1, last + 1) if can_bind(host, other)), None)
    advice = f"try: PORT={free} make run" if free else "name another one with PORT=..."
    raise EmbeddedError(f"Port {port} is taken by another program; {advice}")
