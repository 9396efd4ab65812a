"""A Valkey (or Redis) of our own, on a unix socket, that keeps its queue on disk."""

from __future__ import annotations

import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from config.embedded.binaries import readable_copy, valkey_version
from config.embedded.processes import Child, ServerAccount, make_private_folder, spawn, wait_for


@dataclass(frozen=True)
class Queue:
    """One data folder of Valkey and what is needed to run it."""

    program: Path
    data: Path
    sockets: Path
    account: ServerAccount | None
    log: Path
    aside: Path  # where the program is copied that the servers' account cannot read
    throw_away: bool = False

    @property
    def socket(self) -> Path:
        """The address of the server."""
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """The address in the form that `REDIS_URL` takes."""
        return f"unix://{self.socket}"


def start(queue: Queue) -> Child:
    """Start the server and wait until it answers. Raises `EmbeddedError`."""
    child = launch(queue)
    wait_for(lambda: answers(queue.socket), child)
    return child


def launch(queue: Queue) -> Child:
    """Start the server, which reads its file first."""
    set_aside_foreign_data(queue)
    make_private_folder(queue.data, queue.account)
    make_private_folder(queue.sockets, queue.account)
    program = readable_copy(queue.program, queue.aside) if queue.account else queue.program
    command: list[str | Path] = [
        program,
        "--port",
        "0",
        "--unixsocket",
        queue.socket,
        "--unixsocketperm",
        "700",
    ]
    command += ["--dir", queue.data, "--maxmemory-policy", "noeviction", "--save", ""]
    command += ["--appendonly", "no" if queue.throw_away else "yes"]
    return spawn("Valkey", command, log=queue.log, cwd=Path("/"), account=queue.account, stop_signal=signal.SIGTERM)


def set_aside_foreign_data(queue: Queue) -> None:
    """Move away the files of another program or major version, whose format ours may not read.

    They hold only the waiting jobs and the cache; what a job is about is in the database, from where
    undelivered work is queued anew.
    """
    stamp, version = queue.data.with_name(f"{queue.data.name}.version"), valkey_version(queue.program)
    if queue.data.exists() and stamp.exists() and stamp.read_text() != version:
        queue.data.rename(queue.data.with_name(f"{queue.data.name}.{time.strftime('%Y%m%d-%H%M%S')}"))
    queue.data.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(version)


def answers(path: Path) -> bool:
    """Tell whether the server at the socket `path` answers a PING (LOADING until its data is read)."""
    return _answer(path).startswith(b"+PONG")


def shows_life(path: Path) -> bool:
    """Tell whether it answers anything at all, if only that it is busy; one that hangs takes the question."""
    return _answer(path, seconds=3) != b""


def _answer(path: Path, seconds: float = 1) -> bytes:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(seconds)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16)
    except OSError:
        return b""
