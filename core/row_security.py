"""What migrations say of row-level security, and which tables have it (docs/adr/0014).

Migrations that have been applied rest on these functions: add others beside them rather than change what they give.
"""

from django.db import connection
from django.db.migrations.operations import RunSQL

IS_SYSTEM = "(SELECT pg_catalog.current_setting('app.actor', true) = 'system')"


def protect(table: str, *, read: str, write: str) -> RunSQL:
    """Close a table to the plain role but for rows on which ``read`` holds, and ``write`` as they are and become.

    Both are conditions in SQL on the columns of the table. The system reads and writes all. The owner of the table,
    who migrates, is not held up.
    """
    read, write = f"{IS_SYSTEM} OR {read}", f"{IS_SYSTEM} OR {write}"
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY rooms_read ON {table} FOR SELECT USING ({read});
        CREATE POLICY rooms_insert ON {table} FOR INSERT WITH CHECK ({write});
        CREATE POLICY rooms_update ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write});
        CREATE POLICY rooms_delete ON {table} FOR DELETE USING ({write});
        """,
        f"""
        DROP POLICY rooms_read ON {table};
        DROP POLICY rooms_insert ON {table};
        DROP POLICY rooms_update ON {table};
        DROP POLICY rooms_delete ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def protect_part(table: str, *, parent: str, key: str, read: str, write: str) -> RunSQL:
    """The same for a table whose rows are part of those of ``parent``; conditions on the columns of ``parent``."""
    part = "EXISTS (SELECT FROM {parent} parent WHERE parent.id = {table}.{key} AND ({condition}))"
    read, write = (part.format(parent=parent, table=table, key=key, condition=each) for each in (read, write))
    return protect(table, read=read, write=write)


def also_readable(table: str, name: str, condition: str) -> RunSQL:
    """Rows of a protected table that may be read besides."""
    return RunSQL(
        f"CREATE POLICY {name} ON {table} FOR SELECT USING ({condition})",
        f"DROP POLICY {name} ON {table}",
    )


def protected_tables() -> set[str]:
    """The tables of the database that have row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_catalog.pg_class WHERE relrowsecurity AND relkind = 'r'")
        return {name for (name,) in cursor.fetchall()}
