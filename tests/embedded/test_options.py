"""What the environment asks of `make run`, and what the portal's processes get to see of it."""

from pathlib import Path

import pytest

from config.embedded import EmbeddedError, record_key
from config.embedded.options import EVERYWHERE, owner_environment, portal_environment, read_options, system_environment

pytestmark = pytest.mark.unit
ROOT = Path("/srv/portal")
OURS = {"DATABASE_URL": "postgres://app", "DATABASE_OWNER_URL": "postgres://owner", "REDIS_URL": "unix:///q"}


def test_everything_is_ours_when_nothing_is_named():
    options = read_options({}, ROOT)
    assert (options.host, options.port, options.data) == ("127.0.0.1", 8000, ROOT / "var")
    assert not any((options.names_database, options.names_queue, options.names_secret_key))
    assert options.url == "http://localhost:8000/"
    assert options.probe == "http://127.0.0.1:8000/healthz/"


def test_port_address_and_data_folder_are_honoured():
    options = read_options({"PORT": "9000", "BIND": EVERYWHERE, "DATA_DIR": "/data"}, ROOT)
    assert (options.port, options.data, options.probe) == (9000, Path("/data"), "http://127.0.0.1:9000/healthz/")


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80 80", "٨٠"])
def test_a_wrong_port_is_named(port):
    with pytest.raises(EmbeddedError, match="PORT is"):
        read_options({"PORT": port}, ROOT)


def test_the_first_administrator_has_an_address():
    assert read_options({}, ROOT).administrator == "administrator@localhost"
    assert read_options({"ADMIN_EMAIL": "amina@states.example"}, ROOT).administrator == "amina@states.example"
    with pytest.raises(EmbeddedError, match="ADMIN_EMAIL is 'amina'"):
        read_options({"ADMIN_EMAIL": "amina"}, ROOT)


def test_a_mechanism_that_does_not_come_with_the_portal_is_refused_with_those_that_do():
    root = Path(__file__).resolve().parents[2]
    read_options({"MECHANISM": "dark-skies"}, root)
    with pytest.raises(EmbeddedError, match="MECHANISM is 'dark'; there are: dark-skies, untoc"):
        read_options({"MECHANISM": "dark"}, root)


def test_how_many_backups_are_kept_is_a_number_from_one_on():
    assert read_options({}, ROOT).backups_kept == 5
    assert read_options({"BACKUPS_KEPT": "2"}, ROOT).backups_kept == 2
    for wrong in ("0", "-1", "many", "٨"):
        with pytest.raises(EmbeddedError, match="BACKUPS_KEPT is"):
            read_options({"BACKUPS_KEPT": wrong}, ROOT)


def test_who_makes_backups_otherwise_can_say_so():
    assert read_options({}, ROOT).wants_backup
    assert not read_options({"BACKUP_BEFORE_MIGRATION": "False"}, ROOT).wants_backup


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_URL_FILE"])
def test_a_server_is_named_by_its_address_or_by_a_file(name):
    assert read_options({name: "x"}, ROOT).names_database


@pytest.mark.parametrize(("value", "wanted"), [(None, True), ("1", True), ("0", False), ("no", False)])
def test_the_demo_can_be_declined(value, wanted):
    environment = {} if value is None else {"DEMO": value}
    assert read_options(environment, ROOT).wants_demo is wanted


def test_the_portal_never_sees_the_owner():
    environment = {"DATABASE_OWNER_URL": "postgres://x", "DATABASE_ROLE": "owner", "HOME": "/home/a"}
    environment |= {"DATABASE_SYSTEM_URL": "postgres://y"}
    made = portal_environment(environment, read_options(environment, ROOT), OURS)
    assert "DATABASE_OWNER_URL" not in made
    assert "DATABASE_ROLE" not in made
    assert "DATABASE_SYSTEM_URL" not in made
    assert (made["DATABASE_URL"], made["REDIS_URL"], made["HOME"]) == ("postgres://app", "unix:///q", "/home/a")
    assert made["DJANGO_SETTINGS_MODULE"] == "config.settings.dev"


def test_workers_have_the_role_of_the_system():
    ours = OURS | {"DATABASE_SYSTEM_URL": "postgres://system"}
    made = system_environment({}, {"DATABASE_URL": "postgres://app"}, ours)
    assert (made["DATABASE_SYSTEM_URL"], made["DATABASE_ROLE"]) == ("postgres://system", "system")
    named = system_environment({"DATABASE_SYSTEM_URL_FILE": "/run/system"}, {}, {})
    assert named == {"DATABASE_SYSTEM_URL_FILE": "/run/system", "DATABASE_ROLE": "system"}


def test_pages_alone_have_the_role_of_the_door_and_the_owner_knows_it():
    portal = portal_environment({}, read_options({}, ROOT), OURS | {"DATABASE_DOOR_URL": "postgres://door"})
    assert portal["DATABASE_DOOR_URL"] == "postgres://door"
    assert "DATABASE_DOOR_URL" not in system_environment({}, portal, OURS)
    assert owner_environment({}, portal, OURS)["DATABASE_DOOR_URL"] == "postgres://door"


def test_only_workers_know_where_the_key_is_that_signs_roots():
    environment = {"RECORD_KEY_FILE": "/home/a/key"}
    portal = portal_environment(environment, read_options({}, ROOT), OURS)
    assert "RECORD_KEY_FILE" not in portal
    assert system_environment(environment, portal, OURS)["RECORD_KEY_FILE"] == "/home/a/key"
    assert "RECORD_KEY_FILE" not in owner_environment(environment, portal, OURS)


def test_the_key_that_signs_roots_is_made_once_outside_of_the_data(tmp_path):
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "DATA_DIR": str(tmp_path / "data")}
    name, said = record_key.load_or_create(environment)
    path = Path(name)
    assert (path.parent.parent, path.stat().st_mode & 0o777, len(bytes.fromhex(path.read_text()))) == (
        tmp_path,
        0o600,
        32,
    )
    assert name in said
    assert record_key.load_or_create(environment) == (name, "")


@pytest.mark.parametrize("name", ["/srv/safe/key", ""])
def test_a_key_that_is_named_is_used_as_it_is(name):
    assert record_key.load_or_create({"RECORD_KEY_FILE": name}) == (name, "")


def test_where_no_key_can_be_kept_the_portal_says_so_and_runs(tmp_path):
    (tmp_path / "file").touch()
    name, said = record_key.load_or_create({"XDG_CONFIG_HOME": str(tmp_path / "file")})
    assert (name, "not signed" in said) == ("", True)


def test_the_owner_of_our_own_database_is_ours():
    made = owner_environment({}, {"DATABASE_URL": "postgres://app"}, OURS)
    assert (made["DATABASE_OWNER_URL"], made["DATABASE_ROLE"]) == ("postgres://owner", "owner")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DATABASE_URL": "one"}, {"DATABASE_OWNER_URL": "one"}),
        ({"DATABASE_URL": "one", "DATABASE_OWNER_URL": "two"}, {"DATABASE_OWNER_URL": "two"}),
        ({"DATABASE_URL_FILE": "/run/one"}, {"DATABASE_OWNER_URL_FILE": "/run/one"}),
    ],
)
def test_a_named_database_serves_for_the_owner_too_unless_the_owner_is_named(environment, expected):
    made = owner_environment(environment, {}, {})
    assert {name: value for name, value in made.items() if name.startswith("DATABASE_OWNER")} == expected


def test_how_often_a_process_may_die_can_be_said():
    options = read_options({"RESTART_LIMIT": "7", "RESTART_MINUTES": "3"}, ROOT)
    assert (options.restart_limit, options.restart_minutes, options.pulse_seconds) == (7, 3, 90)
    assert options.readiness == "http://127.0.0.1:8000/readyz/"
    for wrong in ("0", "-1", "often"):
        with pytest.raises(EmbeddedError, match=f"RESTART_LIMIT is '{wrong}'"):
            read_options({"RESTART_LIMIT": wrong}, ROOT)
