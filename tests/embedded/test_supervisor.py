"""`make run` itself, from an empty folder: started, killed, started again, stopped."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from config.embedded.single import can_bind

ROOT = Path(__file__).resolve().parents[2]
# What the test run itself sets and a person's shell does not.
NOT_OURS = re.compile(r"(DATABASE_|REDIS_URL|SECRET_KEY|DJANGO_|PYTEST|DATA_DIR|SITE_URL|COV_)")

pytestmark = [pytest.mark.integration, pytest.mark.prove]


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


@pytest.fixture
def start(folder, programs):
    """Give a function that starts a portal; whatever the test did, nothing of it stays."""
    portals = []

    def start(**changes: str) -> Portal:
        portals.append(Portal(folder / "data", programs.folder, **changes))
        return portals[-1]

    yield start
    for portal in portals:
        portal.process.kill()
        portal.process.communicate()
        portal.wait_until_gone()


def test_a_killed_portal_leaves_no_process_and_loses_nothing(start):
    portal = start(DEMO="0")
    portal.wait_until_ready()
    assert "is already running" in portal.refused()
    assert re.search(
        rf"Port {portal.port} is taken by another program; try: PORT=\d+ make run",
        portal.refused(DATA_DIR=f"{portal.data}-2"),
    )
    with portal.database() as connection:
        connection.execute("INSERT INTO django_session VALUES ('kept', 'text', now())")

    portal.process.kill()
    portal.wait_until_gone()
    portal.process.communicate()

    portal.process = portal.launch()
    portal.wait_until_ready()
    with portal.database() as connection:
        found = connection.execute("SELECT session_data FROM django_session WHERE session_key = 'kept'").fetchall()
    assert found == [("text",)]

    # One of its processes dies: the others do not stay behind.
    children = json.loads((portal.data / "children.json").read_text())
    os.kill(children[1]["pid"], signal.SIGKILL)
    said, _ = portal.process.communicate(timeout=30)
    assert portal.process.returncode == 1
    assert "Valkey ended unexpectedly (status -9)" in said
    assert "Ready to accept connections" in said
    assert portal.processes() == []


@pytest.mark.parametrize("programs", ["wheel"], indirect=True)  # about the supervisor, whatever it runs
@pytest.mark.parametrize("ready", [False, True], ids=["while starting", "when ready"])
def test_a_signal_stops_all_of_it(start, ready):
    portal = start(DEMO="0")
    if ready:
        portal.wait_until_ready()
    else:
        while not (portal.data / "logs").exists():  # from then on it listens to signals
            time.sleep(0.05)
        time.sleep(0.5)
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(15) == 0
    assert portal.processes() == []
    assert not (portal.data / "children.json").exists()


@pytest.mark.parametrize("programs", ["wheel"], indirect=True)
def test_the_demo_can_be_made_anew_in_place_of_all_data(start):
    """What `make demo` does: everything that was there is gone, and the demo stands as on a first start."""
    portal = start(DEMO="0")
    portal.wait_until_ready()
    with portal.database() as connection:
        connection.execute("INSERT INTO django_session VALUES ('old', 'text', now())")
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(15) == 0
    portal.process.communicate()

    portal.process = portal.launch("--reset-demo", DEMO="1")
    portal.wait_until_ready()
    with portal.database() as connection:
        kept = connection.execute("SELECT count(*) FROM django_session").fetchone()
        reviews = connection.execute("SELECT count(*) > 5 FROM reviews_review").fetchone()
    assert (kept, reviews) == ((0,), (True,))


@pytest.mark.parametrize("programs", ["wheel"], indirect=True)
def test_an_empty_portal_gives_its_first_link_and_commands_run_beside_it_and_without_it(start):
    """The link of a start ends that of the one before; commands find the servers, or start them."""
    portal = start(DEMO="0")
    portal.wait_until_ready()
    old = portal.first_link()
    assert portal.leads_on(old)
    portal.stop()

    checked = portal.manage("verify_audit")
    assert (checked.returncode, "The record of acts is whole" in checked.stdout) == (0, True), checked.stdout
    assert portal.manage("no_such_command").returncode == 1

    portal.process = portal.launch()
    portal.wait_until_ready()
    new = portal.first_link()
    assert (portal.leads_on(old), portal.leads_on(new)) == (False, True)
    invited = portal.manage("invite_officer", "amina@secretariat.example", "Amina Rahal")
    assert invited.stdout.startswith("Amina Rahal (officer) is invited")
    portal.stop()
    portal.process = portal.launch()
    portal.wait_until_ready()
    assert "first administrator" not in portal.said_until("Stop it with Ctrl-C."), "there is somebody"
