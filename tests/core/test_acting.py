"""Who acts is told to the database, and never carried over to whoever comes next."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

from accounts.models import User
from config.celery import app
from core.acting import NOBODY, SYSTEM, acting_as, acting_as_system, found_for_policy
from core.middleware.acting import ActingMiddleware
from core.policy import SystemActor
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
    """Whom the database takes to act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.actor', true)")
        return cursor.fetchone()[0] or NOBODY


def test_nobody_acts_unless_somebody_is_named() -> None:
    assert told() == NOBODY


def test_a_person_acts_until_the_end(person: User, other: User) -> None:
    with acting_as(person):
        assert told() == str(person.pk)
        with acting_as_system():
            assert told() == SYSTEM
            with acting_as(other):
                assert told() == str(other.pk)
        assert told() == str(person.pk)
    assert told() == NOBODY


def test_tasks_of_ours_act_as_the_system() -> None:
    with acting_as(SystemActor("portal.plan_reminders")):
        assert told() == SYSTEM


@pytest.mark.parametrize("user", [AnonymousUser(), User(is_active=False)], ids=["not signed in", "locked"])
def test_who_may_not_sign_in_is_nobody(user: Any, person: User) -> None:
    with acting_as(person), acting_as(user):
        assert told() == NOBODY


def test_an_error_ends_it_too(person: User) -> None:
    with pytest.raises(ValueError, match="wrong"), acting_as(person):
        raise ValueError("wrong")
    assert told() == NOBODY


def test_it_ends_in_a_transaction_that_has_failed(person: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(person), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert told() == NOBODY


def test_a_rollback_inside_changes_nothing(person: User) -> None:
    with acting_as(person):
        with transaction.atomic():
            with acting_as_system():
                pass
            transaction.set_rollback(True)
        assert told() == str(person.pk)
    assert told() == NOBODY


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_opens_later_is_told(person: User) -> None:
    connection.close()
    with acting_as(person):
        assert connection.connection is None
        assert told() == str(person.pk)
        connection.close()
        assert told() == str(person.pk)
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
        ActingMiddleware(page)(request)
        connection.close()
    assert [who for _process, who in seen] == [str(person.pk), str(other.pk), NOBODY] * 10
    assert len({process for process, _who in seen}) < len(users)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_came_back_with_a_person_is_cleared_before_it_is_used(person: User) -> None:
    """As when the statement at the end of a request was cut off."""
    connection.ensure_connection()
    with acting_as(person):
        process = connection.connection.info.backend_pid
        connection.close()
    found = {}
    while process not in found:
        found[process_of_next_connection()] = told()
        assert len(found) <= 16, "the pool has not given it out again"
    assert found[process] == NOBODY


def process_of_next_connection() -> int:
    connection.close()
    connection.ensure_connection()
    process: int = connection.connection.info.backend_pid
    return process


def test_what_a_person_does_not_find_is_found_for_the_policy(person: User) -> None:
    asked: list[str] = []

    def find() -> str | None:
        asked.append(told())
        return "found" if asked[-1] == SYSTEM else None

    with acting_as(person):
        assert found_for_policy(find) == "found"
        assert told() == str(person.pk)
    assert asked == [str(person.pk), SYSTEM]


def test_what_a_person_finds_is_not_looked_for_again(person: User) -> None:
    asked: list[str] = []

    def find() -> str:
        asked.append(told())
        return "found"

    with acting_as(person):
        assert found_for_policy(find) == "found"
    assert asked == [str(person.pk)]


@pytest.fixture
def pages_told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What role and which person the database knows while the pages of the test are made."""
    seen: list[tuple[str, str]] = []
    original = ActingMiddleware.__call__

    def look(self: ActingMiddleware, request: HttpRequest) -> HttpResponse:
        inner = self.get_response

        def page(request: HttpRequest) -> HttpResponse:
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                seen.append((cursor.fetchone()[0], told()))
            return inner(request)

        return original(ActingMiddleware(page), request)

    monkeypatch.setattr(ActingMiddleware, "__call__", look)
    return seen


def test_pages_are_made_as_the_plain_role_for_the_person_signed_in(
    person: User, pages_told: list[tuple[str, str]]
) -> None:
    assert login_as(Client(), person).get("/en/").status_code == 200
    assert Client().get("/en/published/").status_code == 200
    roles, people = zip(*pages_told, strict=True)
    assert people == (str(person.pk), NOBODY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'reviews_observation'")
        (owner,) = cursor.fetchone()
    assert owner not in roles


def test_a_task_of_the_queue_acts_as_the_system() -> None:
    seen: list[str] = []

    @app.task(name="tests.look", shared=False)
    def task() -> None:
        seen.append(told())

    try:
        task.apply()
        task()
    finally:
        app.tasks.pop("tests.look")
    assert seen == [SYSTEM, SYSTEM]
    assert told() == NOBODY
