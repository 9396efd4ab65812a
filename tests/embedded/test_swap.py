"""What was restored beside comes into its place wholly or not at all, whenever the process is killed."""

import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg import sql

from config.embedded import postgres, swap
from tests.embedded.test_cluster import cluster, running

assert cluster  # a fixture
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.integration
NAMES = ("files", "mail", "roots", "demo-accounts.txt", "credentials.json")


def make_world(one: postgres.DatabaseCluster, data: Path) -> None:
    """A portal that is old, and beside it one that is new; each lacks something that the other has."""
    shutil.rmtree(data, ignore_errors=True)
    for place, word, names in (
        (data, "old", {"files", "demo-accounts.txt", "credentials.json"}),
        (data / "beside", "new", {"files", "mail", "roots", "credentials.json"}),
    ):
        place.mkdir()
        for name in names:
            if "." in name:
                (place / name).write_text(word)
            else:
                (place / name).mkdir()
                (place / name / "x").write_text(word)
    (data / "servers" / "valkey").mkdir(parents=True)
    (data / "demo-pending").touch()
    with one.superuser() as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^portal'").fetchall():
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        for name in (postgres.DATABASE, swap.BESIDE):
            postgres.create_database(connection, name)
    for name, word in ((postgres.DATABASE, "old"), (swap.BESIDE, "new")):
        with one.superuser(name) as connection:
            connection.execute(sql.SQL("CREATE TABLE said AS SELECT {} AS word").format(word))


def look(one: postgres.DatabaseCluster, data: Path) -> tuple[str, dict[str, str]]:
    """What the database says, and what each name in a data folder does."""
    with one.superuser(postgres.DATABASE) as connection:
        (word,) = connection.execute("SELECT word FROM said").fetchone()
    return word, look_at(data)


def look_at(folder: Path) -> dict[str, str]:
    paths = {name: folder / name / "x" if (folder / name).is_dir() else folder / name for name in NAMES}
    return {name: path.read_text() for name, path in paths.items() if path.exists()}


def databases(one: postgres.DatabaseCluster) -> list[str]:
    with one.superuser() as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^portal' ORDER BY 1").fetchall()
    return [name for (name,) in found]


OLD = "old", dict.fromkeys(("files", "demo-accounts.txt", "credentials.json"), "old")
NEW = "new", dict.fromkeys(("files", "mail", "roots", "credentials.json"), "new")


def settle(one: postgres.DatabaseCluster, data: Path) -> None:
    """What every start does first."""
    swap.settle_folders(data, data / "servers")
    swap.settle_database(one, data)


def assert_is_old(one: postgres.DatabaseCluster, data: Path) -> None:
    assert look(one, data) == OLD
    assert databases(one) == ["portal"]
    assert not [*data.glob("before-*"), *data.glob("beside"), *data.glob("restore.json")]
    assert (data / "demo-pending").exists()


def assert_is_new(one: postgres.DatabaseCluster, data: Path) -> None:
    assert look(one, data) == NEW
    live, before = databases(one)
    assert (live, before.startswith("portal_before_")) == ("portal", True)
    (kept,) = data.glob("before-*")
    assert look_at(kept) == OLD[1]
    assert not [*data.glob("beside"), *data.glob("restore.json"), *data.glob("servers/*"), *data.glob("demo-pending")]


def test_what_was_not_decided_is_taken_away(cluster, folder):
    with running(cluster):
        make_world(cluster, folder / "data")
        settle(cluster, folder / "data")
        assert_is_old(cluster, folder / "data")


def test_what_was_decided_is_put_in_its_place_and_what_was_there_goes_after_a_good_start(cluster, folder):
    data = folder / "data"
    with running(cluster):
        make_world(cluster, data)
        swap.decide(data)
        settle(cluster, data)
        assert_is_new(cluster, data)
        settle(cluster, data)  # as each later start
        assert_is_new(cluster, data)
        assert [words.split("(")[0] for words in swap.forget_replaced(cluster, data)] == [
            "Dropped what a restore had replaced "
        ]
        assert (look(cluster, data), databases(cluster)) == (NEW, ["portal"])
        assert [*data.glob("before-*")] == []
        assert swap.forget_replaced(cluster, data) == []


def test_roots_that_were_given_out_since_the_backup_are_never_dropped(cluster, folder):
    data = folder / "data"
    with running(cluster):
        make_world(cluster, data)
        (data / "roots").mkdir()
        for path in (data / "roots", data / "beside" / "roots"):
            (path / "root-1.json").write_text("1")
        (data / "roots" / "root-2.json").write_text("2")
        swap.decide(data)
        settle(cluster, data)
        assert swap.later_roots(data) == ["root-2.json"]
        swap.forget_replaced(cluster, data)
        (kept,) = data.glob("before-*")
        assert sorted(path.name for path in kept.iterdir()) == ["roots"]
        assert (kept / "roots" / "root-2.json").read_text() == "2"


@pytest.mark.prove
@pytest.mark.parametrize("programs", ["wheel"], indirect=True)  # about our steps, whatever runs
def test_a_kill_at_any_line_leaves_the_old_or_the_new_wholly(cluster, folder):
    data, outcomes = folder / "data", []
    with running(cluster):
        for line in range(1, 500):
            make_world(cluster, data)
            killed = subprocess.run(
                [sys.executable, "-m", "tests.embedded.killed_swap", str(line), str(data)],
                cwd=ROOT,
                input=pickle.dumps(cluster),
                check=False,
            )
            settle(cluster, data)
            is_new = look(cluster, data)[0] == "new"
            (assert_is_new if is_new else assert_is_old)(cluster, data)
            outcomes.append(is_new)
            if killed.returncode == 0:
                break
            assert killed.returncode == -9
    assert outcomes == sorted(outcomes), "decided once, and never taken back"
    assert (outcomes.count(False) > 3, outcomes.count(True) > 30) == (True, True)
