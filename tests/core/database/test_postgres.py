"""The way to the database: what is asked again is planned once, and a connection that has ended is not used."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.states.models import StateParty
from core.database.identity import DOOR
from core.database.postgres.base import DatabaseWrapper

pytestmark = pytest.mark.skipif(not settings.DATABASE_DOOR_ROLE, reason="one way to the database")
THRESHOLD = 5


@pytest.fixture
def another(db: None) -> Iterator[DatabaseWrapper]:
    """The way of the door, which has a pool of its own."""
    own: DatabaseWrapper = connections[DOOR].own
    yield own
    own.close()
    own.close_pool()


def say(way: Any, word: str) -> str:
    with way.cursor() as cursor:
        cursor.execute("SELECT %s::text AS only_of_this_test", [word])
        return str(cursor.fetchone()[0])


def plans(way: Any) -> int:
    with way.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%only\\_of\\_this\\_test'")
        return int(cursor.fetchone()[0])


def test_what_is_asked_again_is_planned_once_and_carries_no_value(another: DatabaseWrapper) -> None:
    words = [f"it's {number}" for number in range(THRESHOLD + 2)]
    assert [say(another, word) for word in words] == words
    assert plans(another) == 1


def test_behind_a_pooler_that_keeps_none_each_is_planned_anew(another: DatabaseWrapper) -> None:
    """`DATABASE_PREPARE=false`."""
    another.ensure_connection()
    another.connection.prepare_threshold = None
    for _number in range(THRESHOLD + 2):
        say(another, "word")
    assert plans(another) == 0


@pytest.mark.django_db
def test_what_was_planned_before_is_told_as_a_query_of_the_page() -> None:
    with CaptureQueriesContext(connection) as queries:
        for _number in range(THRESHOLD + 2):
            StateParty.objects.filter(iso3="XVE").exists()
    assert len(queries) == THRESHOLD + 2
    assert all("accounts_stateparty" in query["sql"] for query in queries)


def test_a_connection_that_the_server_has_ended_is_replaced_before_it_is_used(another: DatabaseWrapper) -> None:
    another.ensure_connection()
    ended = another.connection.info.backend_pid
    another.close()  # it lies in the pool
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
        assert cursor.fetchone() == (True,)
    assert say(another, "still there") == "still there"
    assert another.connection.info.backend_pid != ended


def test_a_connection_that_is_well_is_used_again(another: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    another.close_pool()
    # One that grows, because its first connection is slow to come, gives the second one next.
    monkeypatch.setitem(another.settings_dict["OPTIONS"]["pool"], "max_size", 1)
    another.ensure_connection()
    first = another.connection.info.backend_pid
    another.close()
    another.ensure_connection()
    assert another.connection.info.backend_pid == first
