"""Where the servers keep their files: sockets need a short path, and the account `nobody` must get there."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.processes import ServerAccount, may_be_entered_by_others

# What the kernel takes for the address of a unix socket, less the longest name that we put into the folder.
LONGEST_SOCKET_ADDRESS = 107
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432")

# Where TMPDIR names a closed folder.
OTHER_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - we make private folders in them

# Used only by root and only where the servers' account cannot reach the data folder.
STATE = Path("/var/lib/country-review-portal")


def server_files(data: Path, account: ServerAccount | None) -> Path:
    """Return the folder for the files of the servers: `DATA_DIR/servers`.

    When we are root and the servers' account may not pass through to the data folder (a project under /root),
    that is a link to a folder of its own under /var/lib. Raises `EmbeddedError` where that cannot be made.
    """
    servers = data / "servers"
    if servers.is_symlink() and not servers.exists():
        raise EmbeddedError(f"{servers} points to {servers.readlink()}, which is gone. Restore it, or remove the link.")
    if not servers.exists() and account and not may_be_entered_by_others(data):
        try:
            STATE.mkdir(parents=True, exist_ok=True)
            STATE.chmod(0o755)
            elsewhere = Path(tempfile.mkdtemp(prefix="servers-", dir=STATE))
        except OSError as error:
            raise EmbeddedError(
                f"The account that the servers run as cannot reach {data} and {STATE} cannot be made. "
                "Set DATA_DIR to a folder that other accounts may pass through, or start as an ordinary user."
            ) from error
        servers.symlink_to(elsewhere)
    servers.mkdir(exist_ok=True)
    servers.resolve().chmod(0o711)
    return servers.resolve()


def copies_of_programs(servers: Path, account: ServerAccount | None) -> Path:
    """Return where programs are copied that the servers' account cannot read: shared by all data folders."""
    if account and os.access(STATE if STATE.exists() else STATE.parent, os.W_OK):
        return STATE / "programs"
    return servers / "programs"


def temporary_base(account: ServerAccount | None) -> Path | None:
    """Return a folder for temporary files that the servers' account may pass through; None for the usual one."""
    if not account or may_be_entered_by_others(Path(tempfile.gettempdir())):
        return None
    return next((path for path in OTHER_TEMPORARY if may_be_entered_by_others(path)), None)


@contextlib.contextmanager
def socket_folder(servers: Path, account: ServerAccount | None) -> Iterator[Path]:
    """Give the folder for the sockets; a private temporary one where the data folder's path is too long."""
    wanted = servers / "run"
    if len(os.fsencode(wanted)) + LONGEST_SOCKET_NAME <= LONGEST_SOCKET_ADDRESS:
        shutil.rmtree(wanted, ignore_errors=True)  # what a killed predecessor left
        yield wanted
        return
    # Root's own runtime folder is closed to the servers' account.
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    base = Path(runtime) if runtime and not account and os.access(runtime, os.W_OK) else temporary_base(account)
    with tempfile.TemporaryDirectory(prefix="reviews-", dir=base, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "run"
