"""Put what was restored beside in the place of what is there, so that a kill at any moment leaves one or the other.

What is being restored lies beside: the database `portal_beside`, the folder `beside` of the data folder. Once all of it
is verified, the journal is written, and that decides. Whoever opens the data folder next sees it and goes on:

    no journal   what lies beside is taken away: nothing has happened
    a journal    what lies beside is put in its place, each step only where it has not been done; then the journal goes

What was there before stays, as the database `portal_before_TIME` and the folder `before-TIME`, until a start after it
was good (`forget_replaced`). See docs/adr/0030.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

from psycopg import sql

from config.embedded import postgres
from config.embedded.processes import write_private_file

BESIDE = f"{postgres.DATABASE}_beside"
BEFORE = f"{postgres.DATABASE}_before_"
# Of the data folder; the accounts of a demo belong to its database.
CARRIED = ("files", "mail", "roots", "demo-accounts.txt")
CREDENTIALS = "credentials.json"
# What a first start left to be done, and is about the database of before.
MARKERS = ("demo-pending", "nobody-yet")

_END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY (%s)"


def journal_of(data: Path) -> Path:
    """Return the file whose being there decides that the swap is carried to its end."""
    return data / "restore.json"


def decide(data: Path) -> None:
    """Write the journal; from here on the swap is only ever carried on."""
    fsync_all(data / "beside")
    journal = journal_of(data)
    unfinished = journal.with_suffix(".new")
    comes = [name for name in CARRIED if (data / "beside" / name).exists()]
    stamp = time.strftime("%Y%m%d_%H%M%S", time.gmtime())
    write_private_file(unfinished, json.dumps({"time": stamp, "carried": comes}))
    unfinished.rename(journal)
    fsync(data)


def settle_folders(data: Path, servers: Path) -> None:
    """Put the folders that lie beside in their places, or take them away where nothing was decided.

    `servers` is the folder of the servers' files: the queue and the cache are about what was there, and come back by
    themselves. Only call this, and `settle_database`, with the data folder locked.
    """
    beside, decided = data / "beside", _decided(data)
    if decided is None:
        shutil.rmtree(beside, ignore_errors=True)
        return
    before = data / f"before-{decided['time']}"
    before.mkdir(mode=0o700, exist_ok=True)
    if beside.exists():
        for name in CARRIED:
            # What still lies beside has not been moved in, so that what is there is of before; and so it is where
            # nothing is to be moved in.
            comes = (beside / name).exists()
            if (comes or name not in decided["carried"]) and (data / name).exists():
                (data / name).rename(before / name)
            if comes:
                (beside / name).rename(data / name)
        if (beside / CREDENTIALS).exists():
            (before / CREDENTIALS).unlink(missing_ok=True)
            write_private_file(before / CREDENTIALS, (data / CREDENTIALS).read_text(encoding="utf-8"))
            (beside / CREDENTIALS).rename(data / CREDENTIALS)
        for name in MARKERS:
            (data / name).unlink(missing_ok=True)
        shutil.rmtree(servers / "valkey", ignore_errors=True)
        fsync(data)
        shutil.rmtree(beside)


def settle_database(cluster: postgres.DatabaseCluster, data: Path) -> None:
    """Put the database that lies beside in its place and end the journal, or drop it where nothing was decided."""
    decided = _decided(data)
    with cluster.superuser() as connection:
        beside = sql.Identifier(BESIDE)
        if decided is None:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(beside))
            return
        known = {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}
        if BESIDE in known:
            live, before = sql.Identifier(postgres.DATABASE), sql.Identifier(BEFORE + decided["time"])
            connection.execute(_END_SESSIONS, [[postgres.DATABASE, BESIDE]])
            with connection.transaction():
                if postgres.DATABASE in known:
                    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(live, before))
                connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(beside, live))
    journal_of(data).unlink()
    fsync(data)


def _decided(data: Path) -> dict[str, Any] | None:
    """The journal of the swap that has to be carried to its end; None where there is none."""
    try:
        return dict(json.loads(journal_of(data).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def forget_replaced(cluster: postgres.DatabaseCluster, data: Path) -> list[str]:
    """Drop what restores have replaced, now that the portal has come up without it. Give sentences about it.

    Files of roots that the restored ones lack stay: they were given out, and prove what was there.
    """
    said = []
    with cluster.superuser() as connection:
        known = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [BEFORE]
        ).fetchall()
        for (name,) in known:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            said.append(f"Dropped what a restore had replaced ({name.removeprefix(BEFORE)}).")
    for folder in data.glob("before-*"):
        keeps_roots = bool(later_roots(data, folder.name))
        for path in folder.iterdir():
            if path.name == "roots" and keeps_roots:
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not keeps_roots:
            folder.rmdir()
    return said


def later_roots(data: Path, folder: str = "before-*") -> list[str]:
    """Return the names of roots that were given out and are not among those that are there now."""
    now = {path.name for path in (data / "roots").glob("*")}
    return sorted(path.name for path in data.glob(f"{folder}/roots/*") if path.name not in now)


def fsync(path: Path) -> None:
    """Let what `path` is, a file or the names in a folder, reach the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_all(folder: Path) -> None:
    """Let a folder and everything in it reach the disk."""
    for place, _folders, files in os.walk(folder):
        for path in (*(Path(place) / name for name in files), Path(place)):
            if not path.is_symlink():
                fsync(path)
