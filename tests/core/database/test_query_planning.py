"""PostgreSQL does not think about a statement for longer than the statement takes."""

import pytest
from django.db import connection

from core.database.query_planning import SETTINGS, plan_quickly

pytestmark = pytest.mark.django_db


def shown() -> dict[str, str]:
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"SHOW {name}").fetchone()[0] for name in SETTINGS}  # type: ignore[union-attr]


def test_who_connects_plans_quickly() -> None:
    assert shown() == SETTINGS


def test_what_somebody_has_set_stays() -> None:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET join_collapse_limit = 12")
        cursor.execute(f"ALTER DATABASE {name} RESET jit")
        plan_quickly()
        cursor.execute(
            "SELECT setconfig FROM pg_db_role_setting JOIN pg_database ON setdatabase = pg_database.oid"
            " WHERE datname = current_database() AND setrole = 0"
        )
        assert sorted(cursor.fetchone()[0]) == ["jit=off", "join_collapse_limit=12"]
