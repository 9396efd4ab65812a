"""Child processes that end with us, whatever happens to us.

Every child asks the kernel for a signal at the death of its parent (`PR_SET_PDEATHSIG`), so that even
`kill -9` of the supervisor leaves nothing behind; and it has a session of its own, so that Ctrl-C reaches
only the supervisor, which then stops the children in order. Call `spawn` from the main thread only: for the
kernel the "parent" is the thread that forked.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.embedded import EmbeddedError

PR_SET_PDEATHSIG = 1
# A start that takes longer has failed; until then it is waited for, and that is told.
START_SECONDS = 600.0
TOLD_EACH = 15.0  # seconds


@dataclass(frozen=True)
class ServerAccount:
    """The unprivileged account that the servers run as when we are root."""

    uid: int
    gid: int


def server_account() -> ServerAccount | None:
    """Return the account to drop to when we are root (PostgreSQL refuses root), None otherwise."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise EmbeddedError(
            "PostgreSQL does not run as root and there is no account 'nobody' to run it as. Start as an ordinary user."
        ) from error
    return ServerAccount(entry.pw_uid, entry.pw_gid)


def open_to_others(path: Path) -> bool:
    """Tell whether an account that is not ours may enter `path` and read in it."""
    wanted = stat.S_IROTH | stat.S_IXOTH
    return path.stat().st_mode & wanted == wanted and may_be_entered_by_others(path.parent)


def may_be_entered_by_others(path: Path) -> bool:
    """Tell whether an account that is not ours may pass through `path` and all above it."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def make_private_folder(path: Path, account: ServerAccount | None) -> Path:
    """Make `path` a folder that only the servers' account (or we) can enter, and return it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if account:
        os.chown(path, account.uid, account.gid)
    return path


def write_private_file(path: Path, text: str, account: ServerAccount | None = None) -> None:
    """Write a file that only we, or the servers' account where one is given, can read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        if account:
            os.fchown(file.fileno(), account.uid, account.gid)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def die_with_parent(death_signal: int, parent: int) -> Callable[[], None]:
    """Return what a child runs before its program: ask for `death_signal` when process `parent` dies."""
    libc = ctypes.CDLL(None, use_errno=True)

    def prepare() -> None:
        libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), signal.SIGKILL)

    return prepare


@dataclass
class Child:
    """A running child: its name for messages, how to stop it, and where it writes its log."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: int
    patience: float  # seconds between the signal to stop and SIGKILL
    log: Path

    @property
    def ended(self) -> bool:
        """Whether the process is over."""
        return self.process.poll() is not None

    def ask_to_stop(self) -> None:
        """Send the main process (not its group) the signal to stop."""
        if not self.ended:
            self.process.send_signal(self.stop_signal)

    def wait_until_stopped(self) -> None:
        """Wait for the end; after `patience` seconds, enforce it."""
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Stop the child and wait for its end."""
        self.ask_to_stop()
        self.wait_until_stopped()

    def last_lines(self, count: int = 15) -> str:
        """Return the end of the child's log, for a message about its failure."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])
        except OSError:
            return ""


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    account: ServerAccount | None = None,
    stop_signal: int = signal.SIGTERM,
    death_signal: int | None = None,
    patience: float = 10.0,
) -> Child:
    """Start `command` with its output appended to `log`; it gets `death_signal` when we die."""
    identity = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(death_signal or stop_signal, os.getpid()),  # noqa: PLW1509 - we have no threads
            **identity,  # type: ignore[call-overload]
        )
    return Child(name, process, stop_signal, patience, log)


def wait_for(test: Callable[[], bool], child: Child, seconds: float = START_SECONDS) -> None:
    """Wait until `test` holds, and tell when that takes long.

    Raises `EmbeddedError` when `child` ends first or the time is up.
    """
    began = time.monotonic()
    limit, told_at = began + seconds, began
    while not test():
        if time.monotonic() - told_at > TOLD_EACH:
            told_at = time.monotonic()
            print(f"{child.name} is still starting ({told_at - began:.0f} s) ...", flush=True)
        if child.ended:
            raise EmbeddedError(f"{child.name} did not start. The end of {child.log}:\n{child.last_lines()}")
        if time.monotonic() > limit:
            raise EmbeddedError(
                f"{child.name} did not answer within {seconds:.0f} seconds. "
                f"The end of {child.log}:\n{child.last_lines()}"
            )
        time.sleep(0.05)
