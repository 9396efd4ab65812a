"""`make backup` and `make restore`, and what a start makes of a database that is not what it should be.

Each with a whole portal in a data folder; the portal itself is started only where a test is about that.
"""

import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.binaries import wheel_postgres
from config.embedded.folders import temporary_base
from config.embedded.processes import server_account
from tests.embedded.houses import ROOT, House

pytestmark = [pytest.mark.integration, pytest.mark.prove, pytest.mark.xdist_group("backups")]

# As the superuser, whom no trigger holds up in such a session.
TAMPER = (
    "SET session_replication_role = replica",
    "UPDATE core_auditentry SET actor_label = 'nobody' WHERE sequence = 1",
)
LOSE_POLICY = "DROP POLICY rooms_read ON reviews_noteverbale"
LOSE_GRANT = "REVOKE INSERT ON reviews_clearance FROM portal_app"


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="reviews-", dir=temporary_base(server_account())))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def first(place: Path) -> House:
    """A portal with somebody in it, acts on record, a file and a root's key."""
    programs = wheel_postgres()
    if programs is None:
        pytest.skip("this machine has no PostgreSQL of the wheel")
    house = House(place / "first", programs.folder)
    with house.running() as said:
        assert "backup" not in "".join(said), "there is nothing yet that could be lost"
    house.well("--manage", "invite_officer", "amina@secretariat.example", "Amina Rahal")
    with house.running():  # until nothing is left to do, or a later start would change rows between two looks
        house.wait_for("mail/*")
    (house.data / "files" / "laws").mkdir(parents=True)
    (house.data / "files" / "laws" / "law.pdf").write_bytes(b"%PDF-1.7 a law")
    return house


@pytest.fixture
def house(first: House, place: Path) -> Iterator[House]:
    """The same in a folder of the test's own."""
    folder = Path(tempfile.mkdtemp(dir=place))
    folder.chmod(0o711)
    yield first.copy(folder / "data")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def good(first: House, place: Path) -> Path:
    """A backup of the first one, of which nothing may be changed."""
    return first.backup(place / "good")


@pytest.fixture
def backup(good: Path, house: House) -> Path:
    """A copy of it to be damaged."""
    return Path(shutil.copytree(good, house.data.parent / "backup"))


def state(house: House) -> tuple[object, ...]:
    """Everything that a restore replaces; the database's own hash of each table among it."""
    files = {
        str(path.relative_to(house.data)): path.read_bytes()
        for name in ("files", "mail", "roots", "credentials.json")
        for path in [house.data / name, *(house.data / name).rglob("*")]
        if path.is_file()
    }
    return house.rows(), files


def seal(backup: Path) -> None:
    """Let the checksums fit what is there, as somebody could who means harm."""
    names = sorted(path.name for path in backup.iterdir() if path.name != "SHA256SUMS")
    sums = {name: hashlib.sha256((backup / name).read_bytes()).hexdigest() for name in names}
    (backup / "SHA256SUMS").write_text("".join(f"{value}  {name}\n" for name, value in sums.items()))


# --- There and back


def test_a_backup_of_a_running_portal_brings_back_every_row_file_and_secret(house: House, tmp_path: Path) -> None:
    with house.running() as said:
        backup = house.backup(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [backup.name]
    assert "Stopping ..." in said
    assert {path.name: path.stat().st_mode & 0o777 for path in backup.iterdir()} == dict.fromkeys(
        ("portal.dump", "files.tar.gz", "secrets.tar.gz", "manifest.json", "SHA256SUMS"), 0o600
    )
    before = state(house)
    (house.data / "files" / "laws" / "law.pdf").write_bytes(b"another")
    (house.data / "files" / "later.pdf").write_bytes(b"later")
    key = Path(house.environment["XDG_CONFIG_HOME"]) / "country-review-portal" / "record-key"
    kept_key = key.read_text()
    key.unlink()
    credentials = json.loads((house.data / "credentials.json").read_text())
    (house.data / "credentials.json").write_text(json.dumps({**credentials, "secret_key": "another"}))
    house.sql("DELETE FROM django_session", "UPDATE accounts_user SET full_name = 'Somebody'")
    assert state(house) != before

    said_then = house.well("--restore", str(backup))
    assert "are in their place" in said_then
    # The database's own key is derived from the secret one, so that this too is back.
    assert comparable(state(house)) == comparable(before)
    assert key.read_text() == kept_key
    with house.running(until="Dropped what a restore had replaced") as said:
        assert "The portal is ready" in "".join(said), "not before"
    assert house.sql("SELECT datname FROM pg_database WHERE datname ~ '_before_'") == []


def comparable(found: tuple[object, ...]) -> tuple[object, ...]:
    """Secrets as values, whatever the order in their file."""
    rows, files = found
    return rows, {**files, "credentials.json": json.loads(files["credentials.json"])}


def test_secrets_can_be_left_out_and_those_of_here_stay_then(house: House, tmp_path: Path) -> None:
    backup = house.backup(tmp_path, SECRETS="0")
    assert not (backup / "secrets.tar.gz").exists()
    before = (house.data / "credentials.json").read_text()
    assert "The backup has no secrets" in house.well("--restore", str(backup))
    assert json.loads((house.data / "credentials.json").read_text()) == json.loads(before)


def test_secrets_that_were_taken_elsewhere_are_not_missed(house: House, backup: Path) -> None:
    with tarfile.open(backup / "secrets.tar.gz") as tar:
        assert sorted(tar.getnames()) == ["record_key", "secret_key"]
    (backup / "secrets.tar.gz").unlink()
    assert "The backup has no secrets" in house.well("--restore", str(backup))


def on_a_small_disk(house: House, limit: int, *words: str | Path) -> tuple[int, str]:
    """Run something that may write no file larger than `limit` bytes, as where the disk is full."""
    tried = subprocess.run(
        [sys.executable, "-m", "config.embedded", *words],
        cwd=ROOT,
        env=house.environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    return tried.returncode, tried.stderr


def test_a_backup_that_does_not_fit_on_the_disk_leaves_nothing(house: House, tmp_path: Path) -> None:
    with house.running():  # what it says of the schema fits, and its data do not
        status, said = on_a_small_disk(house, 400_000, "--backup", tmp_path)
    assert (status, "pg_dump failed" in said) == (1, True), said
    assert list(tmp_path.iterdir()) == []


def test_a_restore_that_does_not_fit_on_the_disk_changes_nothing(house: House, tmp_path: Path) -> None:
    megabytes = 1024 * 1024
    (house.data / "files" / "large").write_bytes(bytes(80 * megabytes))
    backup = house.backup(tmp_path)
    (house.data / "files" / "large").unlink()
    before = state(house)
    status, said = on_a_small_disk(house, 60 * megabytes, "--restore", backup)
    assert (status, "tar failed" in said) == (1, True), said
    assert state(house) == before
    assert not (house.data / "beside").exists()


# --- Backups that are none


def cut(backup: Path) -> str:
    """What the connection left of a copy."""
    content = (backup / "portal.dump").read_bytes()
    (backup / "portal.dump").write_bytes(content[: len(content) // 2])
    return "its checksum does not fit"


def cut_and_sealed(backup: Path) -> str:
    cut(backup)
    seal(backup)
    return "could not read from input file: end of file"


def no_dump(backup: Path) -> str:
    (backup / "portal.dump").write_text("This is not a dump.\n")
    seal(backup)
    return "pg_restore failed"


def files_cut(backup: Path) -> str:
    (backup / "files.tar.gz").write_bytes((backup / "files.tar.gz").read_bytes()[:-20])
    seal(backup)
    return "tar failed"


def wrong_checksum(backup: Path) -> str:
    lines = (backup / "SHA256SUMS").read_text()
    (backup / "SHA256SUMS").write_text(lines[::-1][::-1].replace(lines[:4], "0000", 1))
    return "its checksum does not fit"


def a_part_is_missing(backup: Path) -> str:
    (backup / "manifest.json").unlink()
    return "manifest.json is missing"


def another_database(backup: Path) -> str:
    """The manifest knows of a policy that the dump does not bring."""
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["schema"]["policy reviews_review.of_another"] = "0"
    (backup / "manifest.json").write_text(json.dumps(manifest))
    seal(backup)
    return "policy reviews_review.of_another is missing"


BAD = (cut, cut_and_sealed, no_dump, files_cut, wrong_checksum, a_part_is_missing, another_database)


def test_what_is_no_backup_changes_nothing_and_is_told_in_words(house: House, good: Path, tmp_path: Path) -> None:
    before = state(house)
    for damage in BAD:
        copy = Path(shutil.copytree(good, tmp_path / damage.__name__))
        words = damage(copy)
        said = house.refused("--restore", str(copy))
        assert words in said, (damage.__name__, said)
    text = tmp_path / "portal.dump"
    text.write_text("This is not a dump.\n")
    assert "is no backup" in house.refused("--restore", str(text))
    assert "is no backup" in house.refused("--restore", str(tmp_path / "nothing"))
    assert state(house) == before
    assert not [*house.data.glob("beside"), *house.data.glob("before-*"), *house.data.glob("restore.json")]
    assert house.sql("SELECT datname FROM pg_database WHERE datname ~ '^portal_'") == []


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ((LOSE_POLICY,), "policy reviews_noteverbale.rooms_read is missing"),
        ((LOSE_GRANT,), "grant reviews_clearance to plain is not what it was made to be"),
        (TAMPER, "does not fit from entry 1 on"),
    ],
    ids=["a policy is lost", "a grant is lost", "the record was tampered with"],
)
def test_a_whole_backup_of_a_damaged_database_is_not_put_in_the_place_of_a_good_one(
    house: House, first: House, tmp_path: Path, damage: tuple[str, ...], words: str
) -> None:
    """The record of acts, the policies and the grants are verified beside, whatever the manifest says."""
    folder = house.data.parent / "damaged"
    folder.mkdir(mode=0o711)
    damaged = first.copy(folder / "data")
    damaged.sql(*damage)
    backup = damaged.backup(tmp_path)
    before = state(house)
    said = house.refused("--restore", str(backup))
    assert (words in said, "nothing was changed" in said) == (True, True), said
    assert state(house) == before
    assert house.sql("SELECT datname FROM pg_database WHERE datname ~ '^portal_'") == []


def test_a_restore_that_is_killed_while_it_verifies_has_not_happened(house: House, backup: Path) -> None:
    before = state(house)
    process = house.begin("--restore", str(backup))
    house.wait_for("beside/credentials.json")
    time.sleep(1.5)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert (house.data / "beside").exists(), "killed too late to show anything"
    assert state(house) == before
    assert not (house.data / "beside").exists()
    assert house.sql("SELECT datname FROM pg_database WHERE datname ~ '^portal_'") == []


# --- Starts


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (LOSE_POLICY, "policy reviews_noteverbale.rooms_read is missing"),
        (LOSE_GRANT, "grant reviews_clearance to plain is not what it was made to be"),
        ("DROP TRIGGER core_audit_guard ON core_auditentry", "trigger core_auditentry.core_audit_guard is missing"),
        ("ALTER ROLE portal_app BYPASSRLS", "role portal_app should not have BYPASSRLS"),
        ("GRANT portal_system TO portal_app", "role portal_app should not be a member of portal_system"),
    ],
)
def test_a_start_lets_nobody_in_where_a_wall_is_missing(house: House, damage: str, words: str) -> None:
    house.sql(damage)
    said = house.refused()
    assert (words in said, "The portal is ready" in said) == (True, False), said


def test_grants_alone_are_set_anew_by_a_command(house: House) -> None:
    house.sql(LOSE_GRANT)
    house.well("--manage", "migrate")
    with house.running():
        pass


def test_an_empty_database_in_a_used_folder_is_not_taken_for_a_first_start(house: House, backup: Path) -> None:
    """And never becomes the demo; the data come back by a restore."""
    before = comparable(state(house))
    house.sql("DROP SCHEMA public CASCADE", "CREATE SCHEMA public AUTHORIZATION pg_database_owner")
    said = house.refused(DEMO="1")
    assert ("There has been a portal in" in said, "make restore" in said, "demo ..." in said) == (True, True, False)
    assert not (house.data / "demo-accounts.txt").exists()
    assert house.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    house.well("--restore", str(backup))
    assert comparable(state(house)) == before


# --- Older schemas


@pytest.fixture
def older(house: House) -> House:
    """The portal before a migration that can be taken back and that no other rests on."""
    names = sorted(path.stem for path in (ROOT / "observations" / "migrations").glob("0*.py"))
    house.well("--manage", "migrate", "observations", names[-2])
    return house


def pending(house: House) -> list[str]:
    said = house.well("--manage", "showmigrations", "--plan")
    return [line for line in said.splitlines() if line.startswith("[ ]")]


def test_a_backup_of_an_older_version_is_brought_up_to_date_on_the_way(older: House, tmp_path: Path) -> None:
    backup = older.backup(tmp_path)
    assert len(pending(older)) == 1
    older.well("--restore", str(backup))
    assert pending(older) == []
    assert "what the migrations make of it" in older.well("--manage", "check_schema")


def test_a_backup_of_a_later_version_is_refused(house: House, tmp_path: Path) -> None:
    house.sql("INSERT INTO django_migrations (app, name, applied) VALUES ('reviews', '9999_later', now())")
    assert "later version of the portal, which has reviews.9999_later" in house.refused(
        "--restore", str(house.backup(tmp_path))
    )


def test_a_database_of_before_the_squash_is_kept_and_refused(house: House, backup: Path) -> None:
    """Its migrations are gone: a start makes a backup, changes nothing, and says what to do; so does a restore."""
    house.sql(
        "DELETE FROM django_migrations WHERE app = 'core' AND name <> '0001_initial'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '0002_proof', now())",
    )
    there = house.sql("SELECT app, name FROM django_migrations ORDER BY id")
    said = house.refused()
    assert ("no later one brings it up to date" in said, "The portal is ready" in said) == (True, False), said
    (kept,) = (house.data / "backups").glob("*-before-migration")
    assert house.sql("SELECT app, name FROM django_migrations ORDER BY id") == there
    house.well("--restore", str(backup))
    assert "no later one brings it up to date" in house.refused("--restore", str(kept))
    with house.running():
        pass


def test_before_it_migrates_a_start_makes_a_backup_and_keeps_the_last_ones(older: House) -> None:
    for number in range(3):
        (older.data / "backups" / f"2020010{number}-000000-before-migration").mkdir(parents=True)
    (older.data / "backups" / "20200101-000000").mkdir()  # one by hand
    with older.running(BACKUPS_KEPT="2") as said:
        pass
    assert "making a backup first" in "".join(said)
    names = sorted(path.name for path in (older.data / "backups").iterdir())
    assert names[:2] == ["20200101-000000", "20200102-000000-before-migration"]
    assert (len(names), names[2].endswith("-before-migration")) == (3, True)
    assert pending(older) == []
    older.well("--restore", str(older.data / "backups" / names[2]))


def test_without_a_backup_nothing_is_migrated(older: House) -> None:
    (older.data / "backups").write_text("in the way")
    assert "The backup could not be written" in older.refused()
    assert len(pending(older)) == 1
