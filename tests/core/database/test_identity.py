"""Who acts is told to the database, and never carried over to whoever comes next."""

import os
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, connections, router, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

from accounts.people.models import User
from config.celery import app
from core.database import identity
from core.database.identity import (
    NOBODY,
    SYSTEM,
    current_identity,
    found_for_policy,
    identified_as,
    identified_as_system,
    looking_past_rooms,
)
from core.database.proof import proof_of
from core.policy import SystemActor
from core.web.middleware.identity import DatabaseIdentityMiddleware
from tests.factories.accounts import UserFactory
from tests.utils import login_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> User:
    return UserFactory()


@pytest.fixture
def other(db: None) -> User:
    return UserFactory()


def told() -> str:
    """Whom the database takes to act, and on which errand: what was proven to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_proven()")
        who, errand, *_until = cursor.fetchone()[0].split("|")
        return f"{who}|{errand}"


def test_nobody_acts_unless_somebody_is_named() -> None:
    assert told() == NOBODY


def test_a_person_acts_until_the_end(person: User, other: User) -> None:
    with identified_as(person):
        assert told() == f"{person.pk}|"
        with identified_as_system():
            assert current_identity() == SYSTEM
            assert told() == NOBODY  # this process is the owner's, and has nothing to prove
            with identified_as(other):
                assert told() == f"{other.pk}|"
        assert told() == f"{person.pk}|"
    assert told() == NOBODY


def test_tasks_of_ours_act_as_the_system() -> None:
    with identified_as(SystemActor("portal.plan_reminders")):
        assert current_identity() == SYSTEM


@pytest.mark.parametrize("user", [AnonymousUser(), User(is_active=False)], ids=["not signed in", "locked"])
def test_who_may_not_sign_in_is_nobody(user: Any, person: User) -> None:
    with identified_as(person), identified_as(user):
        assert told() == NOBODY


def test_an_error_ends_it_too(person: User) -> None:
    with pytest.raises(ValueError, match="wrong"), identified_as(person):
        raise ValueError("wrong")
    assert told() == NOBODY


def test_it_ends_in_a_transaction_that_has_failed(person: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), identified_as(person), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert told() == NOBODY


def test_a_rollback_inside_changes_nothing(person: User) -> None:
    with identified_as(person):
        with transaction.atomic():
            with identified_as_system():
                pass
            transaction.set_rollback(True)
        assert told() == f"{person.pk}|"
    assert told() == NOBODY


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_opens_later_is_told(person: User) -> None:
    connection.close()
    with identified_as(person):
        assert connection.connection is None
        assert told() == f"{person.pk}|"
        connection.close()
        assert told() == f"{person.pk}|"
    assert told() == NOBODY


@pytest.mark.django_db(transaction=True)
def test_a_connection_does_not_carry_a_person_to_the_next_request(person: User, other: User) -> None:
    """More requests than the pool has connections: some are served on one that has served others."""
    seen: list[tuple[int, str]] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append((connection.connection.info.backend_pid, told()))
        return HttpResponse()

    users = [person, other, AnonymousUser()] * 10
    for user in users:
        request = HttpRequest()
        request.user = user
        connection.ensure_connection()
        DatabaseIdentityMiddleware(page)(request)
        connection.close()
    assert [who for _process, who in seen] == [f"{person.pk}|", f"{other.pk}|", NOBODY] * 10
    assert len({process for process, _who in seen}) < len(users)


def setting() -> str:
    """What stands in the session, beside the cursors that say who acts."""
    connection.ensure_connection()
    return connection.connection.execute("SELECT current_setting('app.actor', true)").fetchone()[0] or ""


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_on_a_connection_after_a_statement(person: User) -> None:
    """So a pooler may give each transaction another connection, and none can carry somebody over."""
    with identified_as(person):
        assert told() == f"{person.pk}|"
        assert setting() == ""
        with transaction.atomic():
            assert told() == f"{person.pk}|"
            assert setting().startswith(f"{person.pk}|")
        assert setting() == ""


@pytest.mark.django_db(transaction=True)
def test_a_statement_alone_fails_as_it_did(person: User) -> None:
    with identified_as(person):
        with pytest.raises(DatabaseError, match="division by zero"), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert told() == f"{person.pk}|"


@pytest.mark.django_db(transaction=True)
def test_rows_come_in_pieces_too(person: User) -> None:
    """A cursor of the server's, as for an export, is opened in a transaction that knows who acts."""
    with identified_as(person):
        assert [user.pk for user in User.objects.filter(pk=person.pk).iterator(chunk_size=1)] == [person.pk]
        with connection.chunked_cursor() as cursor:
            cursor.execute("SELECT split_part(core_proven(), '|', 1)")
            assert cursor.fetchone() == (str(person.pk),)


def test_what_was_said_inside_a_savepoint_that_is_rolled_back_is_renewed(person: User, other: User) -> None:
    with identified_as(person):
        assert told() == f"{person.pk}|"
        with transaction.atomic():
            with identified_as(other):
                assert told() == f"{other.pk}|"
            transaction.set_rollback(True)
        assert told() == f"{person.pk}|"


def test_no_other_session_of_the_role_sees_a_proof(person: User) -> None:
    """It sees the statements that its own role runs."""
    driver = connection.connection
    identity._tell(driver, f"{person.pk}|")
    database = settings.DATABASES["default"]
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=database["NAME"]) as other:
        statement = "SELECT query FROM pg_stat_activity WHERE pid = %s"
        assert other.execute(statement, [driver.info.backend_pid]).fetchone() == (identity._TELL.replace("%s", "$1"),)


def test_an_errand_is_the_persons(person: User) -> None:
    with identified_as(person), looking_past_rooms():
        assert told() == f"{person.pk}|look"
    with identified_as_system(), looking_past_rooms():
        assert current_identity() == SYSTEM


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token.replace("|", "|look", 1),
        lambda token: str(uuid4()) + token[36:],
        lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"),
        lambda token: token.rpartition("|")[0],
        lambda token: token.replace("|", "'|"),
        lambda token: "|" * 70,
        lambda token: "system",
    ],
)
def test_what_is_not_proven_names_nobody(person: User, change: Callable[[str], str]) -> None:
    token = proof_of(f"{person.pk}|")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', %s, true), core_proven() LIKE %s", [token, f"{person.pk}|%"])
        assert cursor.fetchone() == (token, True)
        cursor.execute("SELECT set_config('app.actor', %s, true)", [change(token)])
        cursor.execute("SELECT core_proven()")
        assert cursor.fetchone() == ("|",)


def test_a_proof_ends(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.database.proof.LIFETIME_SECONDS", -3600)
    with identified_as(person):
        assert told() == NOBODY


def test_a_proof_made_with_another_key_is_none(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECRET_KEY", "another-key-that-is-long-enough-for-a-test-0123456789")
    with identified_as(person):
        assert told() == NOBODY


def test_what_a_person_does_not_find_is_found_for_the_policy(person: User) -> None:
    asked: list[str] = []

    def find() -> str | None:
        asked.append(told())
        return "found" if asked[-1].endswith("look") else None

    with identified_as(person):
        assert found_for_policy(find) == "found"
        assert told() == f"{person.pk}|"
    assert asked == [f"{person.pk}|", f"{person.pk}|look"]


def test_what_a_person_finds_is_not_looked_for_again(person: User) -> None:
    asked: list[str] = []

    def find() -> str:
        asked.append(told())
        return "found"

    with identified_as(person):
        assert found_for_policy(find) == "found"
    assert asked == [f"{person.pk}|"]


@pytest.fixture
def pages_told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What role and which person the database knows while the pages of the test are made."""
    seen: list[tuple[str, str]] = []
    original = DatabaseIdentityMiddleware.__call__

    def look(self: DatabaseIdentityMiddleware, request: HttpRequest) -> HttpResponse:
        inner = self.get_response

        def page(request: HttpRequest) -> HttpResponse:
            with connections[router.db_for_read(User)].cursor() as cursor:
                cursor.execute("SELECT current_user")
                seen.append((cursor.fetchone()[0], told()))
            return inner(request)

        return original(DatabaseIdentityMiddleware(page), request)

    monkeypatch.setattr(DatabaseIdentityMiddleware, "__call__", look)
    return seen


def test_pages_are_made_as_the_plain_role_for_the_person_signed_in(
    person: User, pages_told: list[tuple[str, str]]
) -> None:
    assert login_as(Client(), person).get("/en/").status_code == 200
    assert Client().get("/en/published/").status_code == 200
    assert Client().get("/en/sign-in/").status_code == 200
    roles, people = zip(*pages_told, strict=True)
    plain, door = settings.DATABASE_PLAIN_ROLE, settings.DATABASE_DOOR_ROLE
    assert people == (f"{person.pk}|", "|", "|" if door else "|door")
    assert roles == (plain, plain, door or plain), "nobody is at the door but who is let in"


def test_a_task_of_the_queue_acts_as_the_system() -> None:
    seen: list[str] = []

    @app.task(name="tests.look", shared=False)
    def task() -> None:
        seen.append(current_identity())

    try:
        task.apply()
        task()
    finally:
        app.tasks.pop("tests.look")
    assert seen == [SYSTEM, SYSTEM]
    assert told() == NOBODY


def test_only_workers_and_commands_act_as_the_system() -> None:
    """A page that says so finds nothing: it has not that role."""
    ours = ("accounts", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews", "config")
    found = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for folder in ours
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if "identified_as_system()" in path.read_text("utf-8")
    }
    places = (
        "config/celery.py",
        "config/restored.py",
        "core/database/identity.py",
        "portal/demo/",
        "portal/management/commands/",
        "portal/practice/checks.py",  # before a start, as the owner
    )
    assert {path for path in found if not path.startswith(places)} == set()
