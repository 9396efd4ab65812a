"""`make run` and `make backup` on a database that others run: what is there is kept before it is migrated."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import archive, postgres
from config.embedded.binaries import Postgres, find_postgres
from config.embedded.credentials import generate
from config.embedded.processes import server_account
from tests.embedded.houses import ROOT, House

pytestmark = [pytest.mark.integration, pytest.mark.prove, pytest.mark.xdist_group("own server")]


@pytest.fixture
def programs() -> Postgres:
    """Any PostgreSQL."""
    return find_postgres({})


@pytest.fixture
def cluster(folder: Path, programs: Postgres) -> Iterator[postgres.DatabaseCluster]:
    """The server of somebody else."""
    made = postgres.DatabaseCluster(
        programs=programs, data=folder / "own" / "postgres", sockets=folder / "own" / "run", credentials=generate(),
        account=server_account(), log=folder / "own.log", aside=folder / "programs", throw_away=True,
    )  # fmt: skip
    made.data.parent.mkdir()
    made.data.parent.chmod(0o711)
    postgres.make_cluster(made)
    server = postgres.start(made)
    try:
        postgres.prepare(made)
        yield made
    finally:
        server.stop()


@pytest.fixture
def house(cluster: postgres.DatabaseCluster, folder: Path, programs: Postgres) -> House:
    """A portal on it, one migration behind."""
    made = House(folder / "data", programs.folder)
    del made.environment["PG_BIN"]
    names = ("DATABASE_URL", "DATABASE_DOOR_URL", "DATABASE_OWNER_URL", "DATABASE_SYSTEM_URL")
    urls = (cluster.app_url, cluster.door_url, cluster.owner_url, cluster.system_url)
    made.environment |= dict(zip(names, urls, strict=True))
    with made.running():
        pass
    (made.data / "files").mkdir(exist_ok=True)
    (made.data / "files" / "note.txt").write_text("kept")
    newest = sorted(path.stem for path in (ROOT / "observations" / "migrations").glob("0*.py"))
    made.well("--manage", "migrate", "observations", newest[-2])
    return made


def test_what_is_there_is_kept_before_it_is_migrated_and_can_be_verified_beside(
    house: House, cluster: postgres.DatabaseCluster, folder: Path
) -> None:
    empty = folder / "no-programs"
    empty.mkdir()
    refused = house.refused(PG_BIN=str(empty))
    assert "no pg_dump of that version or a later one was found" in refused
    assert f"Debian's package postgresql-client-{cluster.programs.major}," in refused
    assert "Nothing was migrated." in refused
    assert not list((house.data / "backups").glob("*-before-migration"))

    backup = house.backup(folder / "by-hand")
    assert set(archive.secrets_in(backup)) >= {"secret_key"}
    assert archive.secrets_in(house.backup(folder / "by-hand-2", SECRETS="0")) == {}

    with house.running() as said:
        pass
    assert "making a backup first" in "".join(said)
    (before,) = (house.data / "backups").glob("*-before-migration")
    assert archive.read(before, None)["migrations"] == archive.read(backup, None)["migrations"]
    with tarfile.open(before / archive.FILES) as files:
        assert "files/note.txt" in files.getnames()
    verify_beside(house, cluster, before)
    assert "DATABASE_URL names a database that is not ours" in house.refused("--restore", str(before))


def verify_beside(house: House, cluster: postgres.DatabaseCluster, backup: Path) -> None:
    """What docs/operations/backing-up.md tells the operator of that server to do."""
    with cluster.superuser() as connection:
        postgres.create_database(connection, "portal_beside")
        postgres.let_in(connection, "portal_beside")
    restore = ["pg_restore", "--exit-on-error", "--single-transaction", "--dbname=portal_beside"]
    archive.run([*restore, backup / archive.DUMP], archive.as_superuser(cluster, "portal_beside"))
    environment = {**house.environment, "DATABASE_ROLE": "owner", "DATA_DIR": str(house.data)}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "SECRET_KEY": "only-to-verify-" + "x" * 40}
    verified = subprocess.run(
        [sys.executable, "-m", "config.restored", "portal_beside"],
        cwd=ROOT, env={**os.environ, **environment}, input=(backup / archive.MANIFEST).read_text(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert verified.returncode == 0, verified.stderr
    assert "The record of acts is whole" in verified.stdout
    assert json.loads((backup / archive.MANIFEST).read_text())["format"] == 1


def test_who_makes_backups_otherwise_says_so(house: House) -> None:
    with house.running(BACKUP_BEFORE_MIGRATION="false") as said:
        pass
    assert "without a backup: BACKUP_BEFORE_MIGRATION says so" in "".join(said)
    assert not (house.data / "backups").exists()
