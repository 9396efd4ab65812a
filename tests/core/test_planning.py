"""PostgreSQL does not think about a statement for longer than the statement takes."""

import pytest
from django.db import connection

from core.planning import SETTINGS, plan_quickly

pytestmark = pytest.mark.django_db


def shown() -> dict[str, str]:
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"SHOW {name}").fetchone()[0] for name in SETTINGS}  # type: ignore[union-attr]


def test_who_connects_plans_quickly() -> None:
    assert shown() == SETTINGS


def test_saying_so_again_changes_nothing(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        plan_quickly()
