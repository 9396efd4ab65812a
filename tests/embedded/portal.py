"""A portal that a test runs as `make run` does."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from config.embedded.single import can_bind

ROOT = Path(__file__).resolve().parents[2]
# What the test run itself sets and a person's shell does not.
NOT_OURS = re.compile(r"(DATABASE_|REDIS_URL|SECRET_KEY|DJANGO_|PYTEST|DATA_DIR|SITE_URL|COV_)")


class Portal:
    """A supervisor run by a test on a data folder of its own."""

    def __init__(self, data: Path, programs: Path, **changes: str) -> None:
        self.data = data
        self.port = next(port for port in range(18000 + os.getpid() % 1000, 20000) if can_bind("127.0.0.1", port))
        kept = {name: value for name, value in os.environ.items() if not NOT_OURS.match(name)}
        ours = {"DATA_DIR": str(data), "PORT": str(self.port), "PG_BIN": str(programs)}
        ours["XDG_CONFIG_HOME"] = f"{data}-config"  # beside the folder of the data, in that of the test
        self.environment = {**kept, **ours, **changes}
        self.process = self.launch()

    def launch(self, *words: str, **changes: str) -> subprocess.Popen[str]:
        """Start a supervisor."""
        return subprocess.Popen(
            [sys.executable, "-m", "config.embedded", *words],
            cwd=ROOT,
            env={**self.environment, **changes},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until_ready(self) -> None:
        """Wait for the address on the terminal and ask the portal whether it is well."""
        said = ""
        for line in self.process.stdout:
            said += line
            if "The portal is ready" in line:
                break
        assert f"The portal is ready: http://localhost:{self.port}/" in said, said
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz/") as answer:
            assert answer.status == 200

    def refused(self, **changes: str) -> str:
        """Start a second supervisor that has to give up; return what it said."""
        second = self.launch(**changes)
        said, _ = second.communicate(timeout=20)
        assert second.returncode == 1, said
        return said

    def said_until(self, words: str) -> str:
        """What the supervisor says from here to a line with these words."""
        said = ""
        for line in self.process.stdout:
            said += line
            if words in line:
                break
        return said

    def first_link(self) -> str:
        """The link for the first administrator that this start has printed."""
        return re.search(r"http://localhost\S+/activate/\S+", self.said_until("Stop it with Ctrl-C."))[0]

    def leads_on(self, link: str) -> bool:
        """Whether a link leads to the form with which one begins."""
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(link) as answer:
            return b'name="password"' in answer.read()

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command as `make manage` does."""
        command = self.launch("--manage", *words)
        said, _ = command.communicate(timeout=60)
        return subprocess.CompletedProcess(words, command.returncode, said)

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(15) == 0
        self.process.communicate()

    def end(self) -> None:
        """Whatever the test did, leave nothing of it."""
        with self.process:  # which closes what it has written to
            self.process.kill()
        self.wait_until_gone()

    def processes(self) -> list[str]:
        """Return the command lines of all processes that were started for this data folder."""
        mark = os.fsencode(f"DATA_DIR={self.data}")
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
        return found

    def wait_until_gone(self) -> None:
        """Wait until no process of this portal is left."""
        limit = time.monotonic() + 20
        while (left := self.processes()) and time.monotonic() < limit:
            time.sleep(0.1)
        assert left == []

    def database(self) -> psycopg.Connection:
        """Connect as the owner, past the portal and its walls."""
        password = json.loads((self.data / "credentials.json").read_text())["owner_password"]
        sockets = (self.data / "servers" / "run").resolve()
        return psycopg.connect(
            host=str(sockets), user="portal_owner", password=password, dbname="portal", autocommit=True
        )

    def ask(self, path: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of a page; status 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=15) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read().decode()
        except OSError:
            return 0, {}, ""

    def is_ready(self) -> bool:
        """Whether all of it works."""
        return self.ask("/readyz/")[0] == 200

    def wait_until(self, test: Callable[[], Any], seconds: float) -> float:
        """Wait, and give for how long; what the supervisor says meanwhile is kept in `said`."""
        began = time.monotonic()
        while not test():
            assert time.monotonic() - began < seconds, self.log()
            time.sleep(0.2)
        return time.monotonic() - began

    def log(self) -> str:
        """The end of each log."""
        logs = sorted((self.data / "logs").glob("*.log"))
        return "\n".join(f"== {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in logs)
