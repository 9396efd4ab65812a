"""What a backup is: a folder, named after the time (UTC), that was read once to its end before it got that name.

    portal.dump      the database in one consistent state, in the custom format of pg_dump
    files.tar.gz     uploads and documents, mails in files, the roots over the record of acts
    secrets.tar.gz   what signs and encrypts, apart from the rest, for its owner alone; may be kept elsewhere
    manifest.json    the migrations and the schema of the database, to know it again by
    SHA256SUMS       checksums of the others

tools/docker/back-up.sh writes the same.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from config.embedded import EmbeddedError, swap
from config.embedded.postgres import SUPERUSER, DatabaseCluster
from config.embedded.processes import die_with_parent

DUMP, FILES, SECRETS, MANIFEST, SUMS = "portal.dump", "files.tar.gz", "secrets.tar.gz", "manifest.json", "SHA256SUMS"
NEEDED = (DUMP, FILES, MANIFEST)


def run(command: list[str | Path], environment: Mapping[str, str] | None = None, *, well: Iterable[int] = (0,)) -> None:
    """Run a program to its end. Raises `EmbeddedError` with its name and what it said."""
    result = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
        preexec_fn=die_with_parent(signal.SIGKILL, os.getpid()),
    )
    if result.returncode not in well:
        raise EmbeddedError(f"{Path(command[0]).name} failed:\n{result.stderr.strip()}")


def write(folder: Path, fill: Callable[[Path], None], programs: Path | None, suffix: str = "") -> Path:
    """Let `fill` write a backup into a folder below `folder`; read it to its end, and only then give it its name.

    `programs` is the folder of PostgreSQL's programs, where they are not to be found by name. Raises `EmbeddedError`.
    """
    place = folder / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}{suffix}"
    unfinished = place.with_name(f"{place.name}.unfinished")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.mkdir(mode=0o700)
    except OSError as error:
        raise EmbeddedError(f"The backup could not be written: {error}") from error
    try:
        fill(unfinished)
        seal(unfinished)
        read(unfinished, programs)
        unfinished.rename(place)
        swap.fsync(folder)
    except OSError as error:
        raise EmbeddedError(f"The backup could not be written: {error}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return place


def keep_newest(folder: Path, suffix: str, kept: int) -> None:
    """Take away all but the newest of the backups in `folder` that are called so, and what killed ones have left."""
    for killed in folder.glob(f"*{suffix}.unfinished"):
        shutil.rmtree(killed)
    for older in sorted(folder.glob(f"*{suffix}"))[:-kept]:
        shutil.rmtree(older)


def as_superuser(cluster: DatabaseCluster, database: str) -> dict[str, str]:
    """Return the variables by which PostgreSQL's programs, run as ourselves, find and enter a database."""
    return {
        "PGHOST": str(cluster.sockets),
        "PGUSER": SUPERUSER,
        "PGPASSWORD": cluster.credentials.superuser_password,
        "PGDATABASE": database,
    }


def pack(folder: Path, names: Iterable[str], archive: Path) -> None:
    """Pack those of the names that are in `folder`. Raises `EmbeddedError`."""
    there = [name for name in names if (folder / name).exists()]
    # Status 1: a file was just being written or taken away, of which the dump, made before, knows nothing.
    command: list[str | Path] = ["tar", "--create", "--gzip", f"--file={archive}", f"--directory={folder}"]
    run([*command, *(there or ["--files-from=/dev/null"])], well=(0, 1))


def unpack(archive: Path, folder: Path) -> None:
    """Unpack files as ours, into a folder that is closed to others. Raises `EmbeddedError`."""
    folder.mkdir(mode=0o700)
    run(["tar", "--extract", "--gzip", f"--file={archive}", f"--directory={folder}", "--no-same-owner"])


def pack_secrets(secrets: Mapping[str, str], archive: Path) -> None:
    """Write each secret as a file of its name, for its owner alone."""
    descriptor = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
        for name, secret in secrets.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(secret.encode()), 0o600
            tar.addfile(member, io.BytesIO(secret.encode()))


def secrets_in(backup: Path) -> dict[str, str]:
    """Return the secrets of a backup by their names; none where they are kept elsewhere. Raises `EmbeddedError`."""
    if not (backup / SECRETS).exists():
        return {}
    try:
        with tarfile.open(backup / SECRETS) as tar:
            members = {member.name.removeprefix("./"): tar.extractfile(member) for member in tar if member.isfile()}
            return {name: file.read().decode().strip() for name, file in members.items() if file}
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise EmbeddedError(f"{backup / SECRETS} cannot be read: {error}") from error


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(backup: Path) -> None:
    """Write the checksums of all that is there, and let everything reach the disk."""
    files = sorted(backup.iterdir())
    sums = backup / SUMS
    sums.write_text("".join(f"{checksum(path)}  {path.name}\n" for path in files), encoding="utf-8")
    for path in (*files, sums):
        path.chmod(0o600)
    for path in (*files, sums, backup):
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def read(backup: Path, programs: Path | None) -> dict[str, Any]:
    """Read a backup to its end and return its manifest. Raises `EmbeddedError` that says what is wrong with it."""
    if not (backup / SUMS).is_file():
        raise EmbeddedError(f"{backup} is no backup: FILE has to be a folder that make backup or back-up.sh has made.")
    try:
        lines = (backup / SUMS).read_text(encoding="utf-8").splitlines()
        sums = {name: value for value, name in (line.split(maxsplit=1) for line in lines)}
        for name in {*NEEDED, *sums} - ({SECRETS} if not (backup / SECRETS).exists() else set()):
            if not (backup / name).is_file():
                raise EmbeddedError(f"{backup} is not whole: {name} is missing.")
            if checksum(backup / name) != sums.get(name):
                raise EmbeddedError(f"{backup / name} is not what was written: its checksum does not fit {SUMS}.")
        manifest = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
        if not isinstance(manifest, dict) or manifest.get("format") != 1 or "schema" not in manifest:
            raise EmbeddedError(f"{backup / MANIFEST} is of a format that this version does not know.")
    except (OSError, ValueError) as error:
        raise EmbeddedError(f"{backup} cannot be read: {error}") from error
    read_to_the_end(backup, programs)
    return manifest


def read_to_the_end(backup: Path, programs: Path | None) -> None:
    """Let the programs that a restore needs read everything once. Raises `EmbeddedError`."""
    run([programs / "pg_restore" if programs else "pg_restore", "--file=/dev/null", backup / DUMP])
    run(["tar", "--list", "--gzip", f"--file={backup / FILES}"])
