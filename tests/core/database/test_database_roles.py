"""The plain role serves rows; it can neither change the record of acts nor take its guards away (docs/adr/0004)."""

import itertools
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL") == os.environ.get("DATABASE_OWNER_URL"), reason="one role for everything"
)

APPEND = """
    INSERT INTO core_auditentry
        (chain, at, actor_label, acting_state, concerned_states, room, address, address_nonce, verb, target_type,
         target_id, target_label, reason, nonce, earlier_hash, content_hash, previous_hash, hash)
    VALUES ('p', now(), 'a', '', '{}', '', 'system', 'n', 'v', 't', 'i', 'l', '', 'n', '', 'c', '', '')
"""


@pytest.fixture
def system(db: None) -> Iterator[psycopg.Connection]:
    url = os.environ["DATABASE_SYSTEM_URL"]
    with psycopg.connect(url, dbname=settings.DATABASES["default"]["NAME"]) as system_connection:
        yield system_connection
        system_connection.rollback()


@pytest.fixture
def plain(db: None) -> Iterator[psycopg.Connection]:
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, dbname=settings.DATABASES["default"]["NAME"]) as plain_connection:
        yield plain_connection
        plain_connection.rollback()


def test_the_tests_run_as_the_owner_and_the_app_does_not(plain: psycopg.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()
    assert owner is not None
    assert plain.execute("SELECT current_user").fetchone() != owner


def test_the_system_appends_to_the_record_and_nobody_on_a_page_does(
    plain: psycopg.Connection, system: psycopg.Connection
) -> None:
    system.execute(APPEND)
    assert system.execute("SELECT count(*) FROM core_auditentry").fetchone() == (1,)
    with pytest.raises(psycopg.errors.RaiseException, match="the person who acts"):
        plain.execute(APPEND)


@pytest.mark.parametrize(("mine", "other"), list(itertools.permutations(("URL", "DOOR_URL", "SYSTEM_URL"), 2)))
def test_no_role_takes_another(mine: str, other: str) -> None:
    name = urlsplit(os.environ[f"DATABASE_{other}"]).username or ""
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(os.environ[f"DATABASE_{mine}"]) as role, refused:
        role.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(name)))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE core_auditentry SET reason = 'changed'", "DELETE FROM core_auditentry"],
    ids=["change", "delete"],
)
def test_the_record_cannot_be_changed(plain: psycopg.Connection, system: psycopg.Connection, statement: str) -> None:
    for role in (plain, system):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE core_auditentry DISABLE TRIGGER ALL",
        "DROP TABLE core_auditentry",
        "TRUNCATE core_auditentry",
        "ALTER TABLE questionnaires_question ADD COLUMN extra integer",
        "CREATE TABLE extra (id integer)",
        "SET session_replication_role = replica",
    ],
)
def test_the_guards_cannot_be_taken_away(plain: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        plain.execute(sql.SQL(statement))
