"""What a role that serves may do besides its grants: a power of the server, or that of a role that it is a member of.

Each of these goes past policies and grants, and none of it is in a dump. Roles belong to the server, and an operator
may have made them: only what is more than a role needs is named, groups that give none of these are the operator's own.
The role that owns the tables is not asked about: it can take each wall away as it is.
"""

from collections.abc import Iterable
from typing import Any, Protocol

# Each role that serves, with all that it can become, itself first.
_QUERY = """
WITH RECURSIVE serving AS (
  SELECT oid, rolname FROM pg_roles WHERE rolname = ANY (%(names)s) AND oid IS DISTINCT FROM (
    SELECT relowner FROM pg_class WHERE oid = to_regclass('public.django_migrations'))
), reached AS (
  SELECT oid AS serving, oid AS role FROM serving
  UNION
  SELECT serving, roleid FROM reached JOIN pg_auth_members ON member = reached.role
)
SELECT serving.rolname, role.rolname,
  role.oid = (SELECT relowner FROM pg_class WHERE oid = to_regclass('public.django_migrations')),
  array_remove(ARRAY[CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
    CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolreplication THEN 'REPLICATION' END], NULL)
FROM reached JOIN serving ON serving.oid = reached.serving JOIN pg_roles role ON role.oid = reached.role
ORDER BY 1, 2
"""


class Cursor(Protocol):
    """Of Django, or of psycopg."""

    def execute(self, query: str, params: dict[str, Any], /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def excesses(cursor: Cursor, names: Iterable[str]) -> list[str]:
    """In words, what each of these roles has too much. Where a role owns the tables it is left out."""
    serving = sorted({name for name in names if name})
    cursor.execute(_QUERY, {"names": serving})
    found = []
    for role, reached, owns_tables, powers in cursor.fetchall():
        if role == reached:
            found += [f"role {role} should not have {power}" for power in powers]
        elif powers or owns_tables or reached in serving or reached.startswith("pg_"):
            found.append(f"role {role} should not be a member of {reached}")
    return found
