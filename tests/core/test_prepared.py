"""The statements of the hottest path are planned once a connection (docs/adr/0033)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.prepared import prepared

pytestmark = pytest.mark.django_db
STATEMENT = "SELECT %(word)s::text AS only_of_this_test"


def plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%only_of_this_test'")
        return int(cursor.fetchone()[0])


def say(word: str) -> str:
    with prepared(STATEMENT, {"word": word}) as cursor:
        return str(cursor.fetchone()[0])


def test_it_is_planned_once_and_carries_no_value() -> None:
    assert [say("one"), say("it's two")] == ["one", "it's two"]
    assert plans() == 1


def test_it_counts_as_a_query_of_the_page() -> None:
    with CaptureQueriesContext(connection) as queries:
        say("one")
    assert len(queries) == 1


def test_behind_a_pooler_that_keeps_none_it_is_planned_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """`DATABASE_PREPARE=0`."""
    connection.ensure_connection()
    before = plans()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    assert say("three") == "three"
    assert plans() <= before
