"""An installation as docker-compose.yml describes it, run on this machine without containers.

The image is the folder that the Dockerfile would make; a service is its own command with its own environment, with the
addresses of this machine in the places of those between containers.
"""

import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from config.embedded import postgres
from config.embedded.binaries import find_postgres, find_valkey
from config.embedded.credentials import Credentials
from config.embedded.processes import Child, server_account, spawn
from tests.architecture import compose

ROOT = compose.ROOT
STAND_IN = Path(__file__).with_name("docker_stand_in.py")
PATIENCE = 60  # seconds until a service has to be well; far more than it takes


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def bare_environment() -> dict[str, str]:
    """What every process gets: the programs of our environment, and nothing that a test run has set."""
    programs = f"{Path(sys.executable).parent}:{find_postgres(os.environ).folder}:{os.environ['PATH']}"
    image = compose.image_environment()
    return {**image, "PATH": programs, "LANG": "C.UTF-8", "PYTHONWARNINGS": "default"}


def begin(words: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a program that ends by itself, so that others can go on beside it."""
    return subprocess.Popen(
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for the end of a program that has to end well; give what it said."""
    said, _nothing = process.communicate()
    assert process.returncode == 0, said
    return said


class Image:
    """The folder ``/app`` of the image."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for each in compose.copied():
            for path in compose.files_copied(each):
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path, target)
                self.copy_compiled(ROOT / path, target)
        # From the stage that compiles the style sheets, and by `collectstatic`: `make` has done both here.
        shutil.copytree(ROOT / "build", folder / "build")

    @staticmethod
    def copy_compiled(source: Path, target: Path) -> None:
        """The image compiles every module; what this machine has compiled already need not be done again."""
        compiled = Path(importlib.util.cache_from_source(str(source)))
        if source.suffix == ".py" and compiled.exists():
            into = Path(importlib.util.cache_from_source(str(target)))
            into.parent.mkdir(exist_ok=True)
            shutil.copy2(compiled, into)

    def start_build(self) -> subprocess.Popen[str]:
        """Begin what the Dockerfile does inside, up to the account that only an image has.

        The static files are only looked for: to compress them again takes longer than all the rest.
        """
        command = compose.instructions("RUN")[-1].partition("&& useradd")[0]
        assert command.count(" collectstatic ") == 1
        command = command.replace(" collectstatic ", " collectstatic --dry-run ")
        return begin(["sh", "-euc", command], self.folder, bare_environment())


class Host:
    """A machine with the project's folder, its choices in ``.env``, its secrets, and its volumes."""

    def __init__(self, root: Path, image: Image, choices: Mapping[str, str]) -> None:
        self.root, self.image = root, image
        self.project = root / "project"
        self.secrets = self.project / "var" / "secrets"
        self.files = root / "files"
        self.port, self.queue_port = free_port(), free_port()
        self.services: dict[str, dict[str, Any]] = compose.installation(choices)["services"]
        self.children: list[Child] = []
        self.sockets = root / "run"
        self.database: postgres.DatabaseCluster | None = None
        shutil.copytree(ROOT / "tools" / "docker", self.project / "tools" / "docker")
        self.files.mkdir()
        (root / "bin").mkdir()

    def make_secrets(self) -> None:
        subprocess.run(["sh", "tools/docker/make-secrets.sh"], cwd=self.project, check=True, capture_output=True)
        self.use_own_database()

    def use_own_database(self) -> None:
        """Put this machine's socket and port into the addresses, in the place of the containers' names."""
        for path in self.secrets.glob("database_*url"):
            path.chmod(0o600)
            path.write_text(re.sub(r"@[^/]+/", f"@{quote(str(self.sockets), safe='')}/", path.read_text()))
        path = self.secrets / "redis_url"
        path.chmod(0o600)
        path.write_text(path.read_text().replace("@queue:6379", f"@127.0.0.1:{self.queue_port}"))

    # --- Words of the file in this place

    def here(self, text: str) -> str:
        """The same words with the addresses of this machine."""
        for pattern, address in self.addresses():
            text = re.sub(pattern, address, text)
        return text

    def addresses(self) -> list[tuple[str, str]]:
        return [
            (r"--host=127\.0\.0\.1", f"--host={self.sockets}"),
            (r"/run/secrets", str(self.secrets)),
            (r"/data\b", str(self.files)),
            (r"host\.docker\.internal", "127.0.0.1"),
            (r"0\.0\.0\.0", "127.0.0.1"),
            (r":8000\b", f":{self.port}"),
        ]

    def environment_of(self, name: str) -> dict[str, str]:
        if name == "database" and self.database:
            return self.database_environment()
        made = {**bare_environment(), **compose.environment_of(self.services[name])}
        folder = self.root / "tmp" / name
        folder.mkdir(parents=True, exist_ok=True)
        return {key: self.here(value) if key != "PATH" else value for key, value in made.items()} | {
            "HOSTNAME": name,
            "TMPDIR": str(folder),
        }

    def command_of(self, name: str) -> list[str]:
        """The command of a service, the image's own where it has none; a worker is called after its "container"."""
        words = self.services[name].get("command") or json.loads(compose.instructions("CMD")[0])
        more = [f"--hostname=celery@{name}"] if "worker" in words else []
        return [*map(self.here, words), *more]

    # --- Running it

    def run(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a service's place, its own one where none is given."""
        return subprocess.run(
            list(map(self.here, words)) or self.command_of(name),
            cwd=self.image.folder,
            env=self.environment_of(name),
            capture_output=True,
            text=True,
            check=False,
        )

    def begin(self, name: str, *words: str) -> subprocess.Popen[str]:
        return begin(list(map(self.here, words)) or self.command_of(name), self.image.folder, self.environment_of(name))

    def start(self, name: str) -> None:
        self.children.append(
            spawn(
                name,
                self.command_of(name),
                log=self.root / f"{name}.log",
                cwd=self.image.folder,
                environment=self.environment_of(name),
            )
        )

    def check(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run the health check of a service once."""
        kind, *words = self.services[name]["healthcheck"]["test"]
        return self.run(name, *(["sh", "-c", *words] if kind == "CMD-SHELL" else words))

    def wait_until_well(self, name: str) -> None:
        limit = time.monotonic() + PATIENCE
        # A worker that is not there yet is waited for by the check itself, ten seconds each time.
        while name in ("worker", "pdf") and " ready." not in (self.root / f"{name}.log").read_text():
            assert time.monotonic() < limit, (self.root / f"{name}.log").read_text()[-3000:]
            time.sleep(0.1)
        while (answer := self.check(name)).returncode:
            log = self.root / f"{name}.log"
            assert time.monotonic() < limit, f"{answer.stdout}{answer.stderr}\n{log.read_text()[-3000:]}"
            time.sleep(0.2)

    # --- Servers

    def start_database(self) -> None:
        """A PostgreSQL that is empty but for what the script makes when the volume is."""
        names = ("superuser_password", "owner_password", "app_password", "door_password", "system_password")
        passwords = {name: (self.secrets / name).read_text() for name in names}
        self.database = postgres.DatabaseCluster(
            programs=find_postgres(os.environ),
            data=self.root / "database",
            sockets=self.sockets,
            credentials=Credentials(**passwords, secret_key=""),
            account=server_account(),
            log=self.root / "database.log",
            aside=self.root / "programs",
            throw_away=True,
        )
        postgres.make_cluster(self.database)
        self.children.append(postgres.start(self.database))
        script = self.project / "tools" / "docker" / "create-roles.sh"
        made = subprocess.run(
            ["bash", "-c", self.here(script.read_text("utf-8"))],
            env=self.database_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr

    def database_environment(self) -> dict[str, str]:
        """For programs that in the container would find the server, and be trusted, on its own socket."""
        assert self.database is not None
        return {
            "PATH": f"{self.database.programs.folder}:{os.environ['PATH']}",
            "PGHOST": str(self.sockets),
            "PGPASSWORD": self.database.credentials.superuser_password,
        }

    def start_queue(self) -> None:
        _program, *words = map(self.here, self.services["queue"]["command"])
        words += ["--bind", "127.0.0.1", "--port", str(self.queue_port), "--dir", str(self.root)]
        command = [find_valkey(), *words]
        self.children.append(spawn("queue", command, log=self.root / "queue.log", cwd=self.root))

    def stop(self) -> None:
        for child in reversed(self.children[2:]):
            child.ask_to_stop()
        for child in reversed(self.children):
            child.stop()

    # --- Docker

    def docker(self) -> dict[str, str]:
        """The environment in which ``docker compose`` does here what it would do in the containers."""
        places = {name: {"environment": self.environment_of(name)} for name in self.services}
        description = {"services": places, "folder": str(self.image.folder), "addresses": self.addresses()}
        (self.root / "bin" / "docker.json").write_text(json.dumps(description))
        program = self.root / "bin" / "docker"
        program.write_text(f"#!{sys.executable}\n{STAND_IN.read_text('utf-8')}")
        program.chmod(0o755)
        return {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
