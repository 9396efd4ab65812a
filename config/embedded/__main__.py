"""Command line of the supervisor: `python -m config.embedded`; see docs/operations/running.md."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import tempfile
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.backup import back_up
from config.embedded.manage import manage
from config.embedded.options import NO, Options, read_options
from config.embedded.restore import restore
from config.embedded.servers import forget_everything, places
from config.embedded.single import check_port, only_one
from config.embedded.supervisor import ROOT, STOP_SIGNALS, StopRequested, request_stop, say, supervise

PROBE = 1024 * 1024  # bytes; less than any start writes


def arguments(words: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description="Run the portal.")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--reset-demo", action="store_true", help="drop all data first, then make the demo anew")
    instead.add_argument("--backup", type=Path, metavar="DIR", help="write a backup into a new folder of DIR and end")
    instead.add_argument(
        "--manage", nargs=argparse.REMAINDER, metavar="WORD", help="run a command of manage.py and end"
    )
    instead.add_argument("--restore", type=Path, metavar="BACKUP", help="put a backup in the place of all data and end")
    return parser.parse_args(words)


def refuse_foreign_database(options: Options, asked: argparse.Namespace) -> None:
    """Raise `EmbeddedError` where all data of a database that somebody else runs would be at stake."""
    if options.names_database and (asked.reset_demo or asked.restore):
        raise EmbeddedError(
            "DATABASE_URL names a database that is not ours; this works on the embedded database only. "
            "Unset DATABASE_URL, or use the tools of that server (docs/operations/backing-up.md)."
        )


def make_data_folder(data: Path, logs: Path) -> None:
    """Make a data folder that is closed to others, but for the passage that root's servers need, and that of the logs.

    Raises `EmbeddedError` where it cannot be used.
    """
    try:
        if not data.exists():
            data.mkdir(parents=True)
            data.chmod(0o711 if os.geteuid() == 0 else 0o700)
        logs.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=data) as probe:
            probe.write(bytes(PROBE))  # an empty file finds room on a disk that is full
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        reason = "it is no folder" if data.exists() and not data.is_dir() else error.strerror
        raise EmbeddedError(
            f"DATA_DIR is {data}, which cannot be used: {reason}.\n"
            "Name a folder that this account may write to: DATA_DIR=... make run"
        ) from error


def run(asked: argparse.Namespace) -> int:
    """Do what the command line asks and return the exit status. Raises `EmbeddedError`."""
    options = read_options(os.environ, ROOT)
    if asked.manage is not None:
        return manage(options, os.environ, asked.manage, ROOT)
    refuse_foreign_database(options, asked)
    if asked.backup:
        with_secrets = os.environ.get("SECRETS", "1") not in NO
        say(f"The backup is in {back_up(options, os.environ, asked.backup.absolute(), with_secrets=with_secrets)}")
        return 0
    make_data_folder(options.data, options.logs)
    with only_one(options.data, options.url):
        if not asked.restore:
            check_port(options.host, options.port)
        with places(options) as where:
            if asked.restore:
                say("Restoring beside, and verifying ...")
                say("\n".join(restore(where, os.environ, asked.restore.absolute())))
            else:
                if asked.reset_demo:
                    say("Dropping all data ...")
                    forget_everything(where, os.environ)
                supervise(where, os.environ)
    return 0


def in_words(error: OSError) -> str:
    """Say what the system refused us: a disk that became full, above all."""
    where = f" at {error.filename}" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{where}: {error.strerror}.\nMake room, or name another folder: DATA_DIR=... make run"
    return f"The system did not let us go on{where}: {error.strerror or error}."


def main() -> int:
    """Run and return the exit status: 0 after a stop that was asked for, 1 after a failure."""
    asked = arguments(sys.argv[1:])
    for number in STOP_SIGNALS:
        signal.signal(number, request_stop)
    try:
        return run(asked)
    except StopRequested:
        return 0
    except EmbeddedError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        print(in_words(error), file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
