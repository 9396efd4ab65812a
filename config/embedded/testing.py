"""Run a command with a PostgreSQL and a Valkey of its own that vanish with it.

    python -m config.embedded.testing -- pytest -n 2

Sets the addresses of the database, `REDIS_URL` and, where a browser is found, `CHROMIUM`. A server that the
environment already names is used as it is.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from config.embedded import EmbeddedError, postgres, valkey
from config.embedded.binaries import find_postgres, find_valkey
from config.embedded.credentials import generate
from config.embedded.folders import copies_of_programs, temporary_base
from config.embedded.processes import die_with_parent, server_account

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@contextlib.contextmanager
def throw_away_servers(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Give the variables that name the servers, starting those that `environment` does not name."""
    account = server_account()
    with contextlib.ExitStack() as stack:
        folder = tempfile.TemporaryDirectory(prefix="reviews-", dir=temporary_base(account), ignore_cleanup_errors=True)
        root = Path(stack.enter_context(folder))
        root.chmod(0o711)
        aside = copies_of_programs(root, account)
        made: dict[str, str] = {}
        if "DATABASE_URL" not in environment:
            cluster = postgres.DatabaseCluster(
                programs=find_postgres(environment),
                data=root / "postgres",
                sockets=root / "run",
                credentials=generate(),
                account=account,
                log=root / "postgres.log",
                aside=aside,
                throw_away=True,
            )
            postgres.make_cluster(cluster)
            stack.callback(postgres.start(cluster).stop)
            postgres.prepare(cluster, may_create_databases=True)
            made |= {
                "DATABASE_URL": cluster.app_url,
                "DATABASE_OWNER_URL": cluster.owner_url,
                "DATABASE_DOOR_URL": cluster.door_url,
                "DATABASE_SYSTEM_URL": cluster.system_url,
            }
        if "REDIS_URL" not in environment:
            queue = valkey.Queue(
                program=find_valkey(),
                data=root / "valkey",
                sockets=root / "run",
                account=account,
                log=root / "valkey.log",
                aside=aside,
                throw_away=True,
            )
            stack.callback(valkey.start(queue).stop)
            made["REDIS_URL"] = queue.url
        yield made


def browser() -> dict[str, str]:
    """Return the variable that names the browser for the journeys, where the machine has one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {"CHROMIUM": found} if found else {}


def run(command: list[str], environment: Mapping[str, str]) -> int:
    """Run the command and return its exit status; it ends with us and gets our Ctrl-C from the terminal."""
    end_with_us = die_with_parent(signal.SIGTERM, os.getpid())
    process = subprocess.Popen(command, env=environment, preexec_fn=end_with_us)  # noqa: PLW1509
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait()
    except SystemExit:
        process.terminate()
        process.wait()
        raise


def main(arguments: list[str]) -> int:
    """Command line: everything after `--` is the command; its exit status is ours."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("Usage: python -m config.embedded.testing -- COMMAND ...", file=sys.stderr)
        return 2
    # So that the servers are stopped too when a runner ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with throw_away_servers(os.environ) as servers:
            environment = {**browser(), **os.environ, **servers}
            return run(command, environment)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
