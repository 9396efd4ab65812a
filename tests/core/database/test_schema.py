"""The database is what its migrations make of it, and where it is not, a start says where and lets nobody in."""

import json
from collections.abc import Iterable
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from config import prepare, start
from core.database import role_powers, schema
from core.database.rights import rights_of
from tests.plain_role import HAS_TWO_ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]

PLAIN = settings.DATABASE_PLAIN_ROLE


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_file_of_facts_is_that_of_the_migrations() -> None:
    """Where this fails a migration was added: `make schema` writes the file anew."""
    assert schema.facts() == schema.expected()
    assert schema.faults() == []


DAMAGES = {
    "DROP POLICY rooms_read ON reviews_noteverbale": "policy reviews_noteverbale.rooms_read is missing",
    "ALTER POLICY rooms_read ON reviews_noteverbale USING (true)": (
        "policy reviews_noteverbale.rooms_read is not what it was made to be"
    ),
    "CREATE POLICY all_may ON reviews_noteverbale USING (true)": (
        "policy reviews_noteverbale.all_may should not be there"
    ),
    "ALTER TABLE reviews_noteverbale DISABLE ROW LEVEL SECURITY": (
        "table reviews_noteverbale is not what it was made to be"
    ),
    "DROP TRIGGER core_audit_guard ON core_auditentry": "trigger core_auditentry.core_audit_guard is missing",
    "ALTER TABLE core_auditentry DISABLE TRIGGER core_audit_guard": (
        "trigger core_auditentry.core_audit_guard is not what it was made to be"
    ),
    "ALTER FUNCTION core_proven() SECURITY INVOKER": "function core_proven() is not what it was made to be",
    f"REVOKE INSERT ON reviews_clearance FROM {PLAIN}": (
        "grant reviews_clearance to plain is not what it was made to be"
    ),
    f"REVOKE ALL ON reviews_clearance FROM {PLAIN}": "grant reviews_clearance to plain is missing",
    "GRANT SELECT ON core_actingkey TO PUBLIC": "grant core_actingkey to everybody should not be there",
    f"GRANT SELECT (inner_key) ON core_actingkey TO {PLAIN}": (
        "grant core_actingkey.inner_key to plain should not be there"
    ),
    f"GRANT CREATE ON SCHEMA public TO {PLAIN}": "grant schema public to plain should not be there",
    "ALTER TABLE django_session DROP CONSTRAINT django_session_pkey": (
        "constraint django_session.django_session_pkey is missing"
    ),
    "ALTER TABLE django_session ALTER COLUMN session_data DROP NOT NULL": (
        "columns django_session is not what it was made to be"
    ),
}


@pytest.mark.parametrize(("damage", "named"), DAMAGES.items())
def test_what_is_lost_changed_or_too_much_is_named(damage: str, named: str) -> None:
    run(damage)
    assert named in schema.faults()


def test_a_role_that_may_too_much_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What that is, the server itself is asked: tests/embedded/test_role_powers.py."""
    asked: list[str] = []

    def too_much(_cursor: object, names: Iterable[str]) -> list[str]:
        asked.extend(names)
        return ["role portal_app should not have BYPASSRLS"]

    monkeypatch.setattr(role_powers, "excesses", too_much)
    assert schema.faults() == ["role portal_app should not have BYPASSRLS"]
    assert {PLAIN, settings.DATABASE_DOOR_ROLE, settings.DATABASE_SYSTEM_ROLE} <= set(asked)


def test_an_index_that_somebody_added_does_no_harm() -> None:
    run("CREATE INDEX faster ON django_session (session_data)")
    assert schema.faults() == []


def test_where_one_role_does_everything_nothing_is_asked_of_the_others(settings: object) -> None:
    settings.DATABASE_PLAIN_ROLE = settings.DATABASE_DOOR_ROLE = settings.DATABASE_SYSTEM_ROLE = ""
    assert schema.faults() == []
    run("DROP TRIGGER core_audit_guard ON core_auditentry")
    assert schema.faults() == ["trigger core_auditentry.core_audit_guard is missing"]


def test_a_worker_that_has_no_address_of_the_door_finds_its_grants_right(settings: object) -> None:
    settings.DATABASE_DOOR_ROLE = ""
    assert schema.faults() == []


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that a preparation runs; those that take long are only noted."""
    names: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_options: names.append(name))
    return names


def test_a_start_changes_nothing_and_says_what_is_missing(done: list[str]) -> None:
    """What migrating would mend is not mended unseen where this version had found the database right."""
    prepare.bring_up_to_date()
    assert done == ["migrate", "load_reference"]
    run(f"REVOKE INSERT ON reviews_clearance FROM {PLAIN}")
    with pytest.raises(SystemExit, match="grant reviews_clearance to plain is not what it was made to be"):
        prepare.bring_up_to_date()
    assert done == ["migrate", "load_reference"]
    assert rights_of(PLAIN)["reviews_clearance"] == "SU"


def test_another_version_migrates_first_and_then_says_what_is_missing(done: list[str]) -> None:
    run("DROP POLICY rooms_read ON reviews_noteverbale")
    assert not schema.is_marked()
    with pytest.raises(SystemExit, match=r"policy reviews_noteverbale\.rooms_read is missing"):
        prepare.bring_up_to_date()
    assert done == ["migrate"]
    assert not schema.is_marked()


@pytest.mark.parametrize("had", ["0002_chains_of_the_audit", "0002_proof"])
def test_a_database_of_before_a_squash_is_refused_before_anything_is_done(done: list[str], had: str) -> None:
    assert not schema.is_of_before()
    run(f"INSERT INTO django_migrations (app, name, applied) VALUES ('core', '{had}', now())")  # noqa: S608
    for begins in (prepare.bring_up_to_date, start.look):
        with pytest.raises(SystemExit, match="Go on with the version that made it, or begin with an empty database"):
            begins()
    assert done == []


def test_the_command_says_that_all_is_there_or_fails_and_tells_a_backup_what_there_is() -> None:
    out = StringIO()
    call_command("check_schema", stdout=out)
    assert out.getvalue() == "The schema is what the migrations make of it.\n"
    out = StringIO()
    call_command("check_schema", manifest=True, stdout=out)
    told = json.loads(out.getvalue())
    assert (told["schema"], "core.0001_initial" in told["migrations"]) == (schema.expected(), True)
    run("DROP TRIGGER core_audit_guard ON core_auditentry")
    with pytest.raises(CommandError, match=r"trigger core_auditentry\.core_audit_guard is missing"):
        call_command("check_schema")


def test_many_faults_are_counted() -> None:
    words = schema.in_words([f"policy {number} is missing" for number in range(25)])
    assert words.splitlines()[1] == "  policy 0 is missing"
    assert words.splitlines()[-1] == "  and 5 more"


def test_it_is_quick(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):
        schema.faults()


def test_a_database_that_lacks_a_migration_is_migrated_and_not_refused(done: list[str]) -> None:
    """Also where this very version had found it right before, and somebody has taken a migration back."""
    schema.mark()
    run("DROP TRIGGER keeps ON reviews_clarificationrequest")
    run(
        "DELETE FROM django_migrations WHERE app = 'reviews'"
        " AND name = (SELECT max(name) FROM django_migrations WHERE app = 'reviews')"
    )
    assert schema.is_behind()
    with pytest.raises(SystemExit, match=r"trigger reviews_clarificationrequest\.keeps is missing"):
        prepare.bring_up_to_date()
    assert done == ["migrate"], "which is only noted here"
