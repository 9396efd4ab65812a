"""A data folder with a whole portal in it, run by its own commands; what hangs on it is looked at past the portal."""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.embedded import postgres
from config.embedded.options import read_options
from config.embedded.servers import Running, places, start_database
from config.embedded.single import can_bind, only_one

ROOT = Path(__file__).resolve().parents[2]
# What the test run itself sets and a person's shell does not.
NOT_OURS = re.compile(r"(DATABASE_|REDIS_URL|SECRET_KEY|DJANGO_|PYTEST|DATA_DIR|SITE_URL|COV_|DEMO)")

# What a running portal notes of itself: the pulses of its parts, and when beat last gave which task.
MOVING = {"core_pulse", "django_celery_beat_periodictask", "django_celery_beat_periodictasks"}


class House:
    """A portal on a data folder of its own, which is stopped but for what a test starts."""

    def __init__(self, data: Path, programs: Path) -> None:
        self.data = data
        self.port = next(port for port in range(20000 + os.getpid() % 1000, 22000) if can_bind("127.0.0.1", port))
        kept = {name: value for name, value in os.environ.items() if not NOT_OURS.match(name)}
        ours = {"DATA_DIR": str(data), "PORT": str(self.port), "PG_BIN": str(programs), "DEMO": "0"}
        self.environment = {**kept, **ours, "XDG_CONFIG_HOME": f"{data}-config"}

    def copy(self, data: Path) -> "House":
        """The same portal in another folder."""
        subprocess.run(["cp", "--archive", self.data, data], check=True)
        shutil.copytree(f"{self.data}-config", f"{data}-config")
        return House(data, Path(self.environment["PG_BIN"]))

    def begin(self, *words: str, **changes: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "config.embedded", *words],
            cwd=ROOT,
            env={**self.environment, **changes},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, **changes: str) -> tuple[int, str]:
        """Run it to its end; give the status and what it said."""
        process = self.begin(*words, **changes)
        said, _nothing = process.communicate(timeout=300)
        return process.returncode, said

    def well(self, *words: str, **changes: str) -> str:
        status, said = self.run(*words, **changes)
        assert status == 0, said
        return said

    def refused(self, *words: str, **changes: str) -> str:
        status, said = self.run(*words, **changes)
        assert status == 1, said
        assert "Traceback" not in said, said
        return said

    @contextlib.contextmanager
    def running(self, until: str = "Stop it with Ctrl-C", **changes: str) -> Iterator[list[str]]:
        """The portal, started; gives the lines that it has said, to which those of its end come."""
        process, said = self.begin(**changes), []
        try:
            for line in process.stdout or ():
                said.append(line)
                if until in line:
                    break
            assert until in "".join(said), "".join(said)
            yield said
        finally:
            process.send_signal(signal.SIGINT)
            said += (process.communicate(timeout=60)[0] or "").splitlines()

    def wait_for(self, pattern: str) -> None:
        """Until there is such a path in the data folder."""
        limit = time.monotonic() + 90
        while not any(self.data.glob(pattern)):
            assert time.monotonic() < limit, f"{pattern} has not come"
            time.sleep(0.05)

    @contextlib.contextmanager
    def opened(self) -> Iterator[postgres.DatabaseCluster]:
        """The database alone."""
        options = read_options(self.environment, ROOT)
        with only_one(self.data, options.url), places(options) as where:
            running = Running()
            try:
                yield start_database(where, self.environment, running)
            finally:
                for child in running.children:
                    child.stop()

    def sql(self, *statements: str) -> list[tuple[object, ...]]:
        """Do something to the database as its superuser, whom nothing holds up; give the last rows."""
        with self.opened() as cluster, cluster.superuser(postgres.DATABASE) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def rows(self) -> dict[str, str]:
        """Of each table the sorted text of its rows, as a hash."""
        with self.opened() as cluster, cluster.superuser(postgres.DATABASE) as connection:
            tables = connection.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            ).fetchall()
            return {name: self._hash(connection, name) for (name,) in tables if name not in MOVING}

    @staticmethod
    def _hash(connection: Any, table: str) -> str:
        with connection.cursor().copy(f"COPY {table} TO STDOUT") as copy:
            return hashlib.sha256(b"".join(sorted(map(bytes, copy)))).hexdigest()

    def backup(self, folder: Path, **changes: str) -> Path:
        """Make a backup into a folder; give its own."""
        said = self.well("--backup", str(folder), **changes)
        return Path(re.search(r"^The backup is in (.+)$", said, re.MULTILINE)[1])
