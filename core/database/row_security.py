"""What migrations say of row-level security, and which tables have it (docs/adr/0014).

Migrations that have been applied rest on these functions: add others beside them rather than change what they give.
"""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.migrations.operations import RunSQL
from psycopg import sql

from core.database.reversible import made

# Whom the session has proven to serve (docs/adr/0022), each asked once a statement: a person, a person or the portal
# itself on an errand, the portal that lets somebody in, and the key of the person.
PERSON = "(SELECT split_part(core_proven(), '|', 1) <> '' OR core_on_errand('system'))"
SOMEBODY = "(SELECT core_proven() <> '|')"
AT_THE_DOOR = "(SELECT core_on_errand('door'))"
GIVING_KEYS = "(SELECT core_on_errand('keys'))"
LOOKING = "(SELECT core_on_errand('look'))"
THE_SYSTEM = "(SELECT core_on_errand('system'))"  # where it has no role of its own; that one is let through
ME = "(SELECT NULLIF(split_part(core_proven(), '|', 1), '')::uuid)"
# The same for tables that are asked with every page: a word of the session costs nothing to look at; only where it says
# something its proof is asked for.
_ON_ERRAND = """(
    SELECT COALESCE(split_part(current_setting('app.actor', true), '|', 2), '') <> '' AND core_on_errand('{errand}')
)"""


def protect(table: str, *, read: str, write: str, opens: bool = False) -> RunSQL:
    """Close a table to the plain role but for rows on which ``read`` holds, and ``write`` as they are and become.

    Both are conditions in SQL on the columns of the table. The portal itself writes all on its errand, and reads all
    where it looks past the rooms; into a table that ``opens``, a row is put by who opens rooms (``identity``). The
    owner of the table, who migrates, is not held up.
    """
    look, system = _ON_ERRAND.format(errand="look"), _ON_ERRAND.format(errand="system")
    inserts = _ON_ERRAND.format(errand="open") if opens else system
    return _policies(
        table,
        "rooms",
        read=f"{look} OR {read}",
        added=f"{inserts} OR {write}",
        write=f"{system} OR {write}",
        becoming=f"{system} OR {write}",
    )


def protect_part(table: str, *, parent: str, key: str, read: str, write: str) -> RunSQL:
    """The same for a table whose rows are part of those of ``parent``; conditions on the columns of ``parent``."""
    part = "EXISTS (SELECT FROM {parent} parent WHERE parent.id = {table}.{key} AND ({condition}))"
    read, write = (part.format(parent=parent, table=table, key=key, condition=each) for each in (read, write))
    return protect(table, read=read, write=write)


def protect_each(app: str, rows: Mapping[str, tuple[str, str]]) -> list[RunSQL]:
    """The same of tables of an app: of each who reads, and who writes."""
    return [protect(f"{app}_{table}", read=read, write=write) for table, (read, write) in rows.items()]


def protect_parts(app: str, rows: Mapping[str, tuple[str, str, str, str]]) -> list[RunSQL]:
    """The same of parts: of each the table of the whole, the column that names it, who reads, and who writes."""
    return [
        protect_part(f"{app}_{table}", parent=f"{app}_{whole}", key=key, read=read, write=write)
        for table, (whole, key, read, write) in rows.items()
    ]


def also_readable(table: str, name: str, condition: str) -> RunSQL:
    """Rows of a protected table that may be read besides."""
    return made(f"CREATE POLICY {name} ON {table} FOR SELECT USING ({condition})")


def also_changed(table: str, name: str, condition: str) -> RunSQL:
    """Rows of a protected table that may be changed besides, but not taken out; which columns, a guard says."""
    return made(f"CREATE POLICY {name} ON {table} FOR UPDATE USING ({condition}) WITH CHECK ({condition})")


def also_taken_out(table: str, name: str, condition: str) -> RunSQL:
    """Rows of a protected table that may be taken out besides, as with what they hang on, but not changed."""
    return made(f"CREATE POLICY {name} ON {table} FOR DELETE USING ({condition})")


def close(table: str, *, read: str, write: str, added: str = "", becoming: str = "") -> RunSQL:
    """Close a table of which not each row lies in a room, but for rows on which the conditions hold.

    What a row has to be when it is ``added``, and what one is ``becoming`` that is changed, is ``write`` too where
    nothing else is said: that of the rows that may be changed or taken out at all.
    """
    return _policies(table, "door", read=read, added=added or write, write=write, becoming=becoming or write)


def _policies(table: str, name: str, *, read: str, added: str, write: str, becoming: str) -> RunSQL:
    return made(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY {name}_read ON {table} FOR SELECT USING ({read});
        CREATE POLICY {name}_insert ON {table} FOR INSERT WITH CHECK ({added});
        CREATE POLICY {name}_update ON {table} FOR UPDATE USING ({write}) WITH CHECK ({becoming});
        CREATE POLICY {name}_delete ON {table} FOR DELETE USING ({write});
        """
    )


def protected_tables() -> set[str]:
    """The tables of the database that have row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_catalog.pg_class WHERE relrowsecurity AND relkind = 'r'")
        return {name for (name,) in cursor.fetchall()}


def let_through(role: str, purpose: str, tables: Iterable[str]) -> None:
    """As the owner: let a role read and write every row of these tables, as far as it has rights to them.

    Repeating it changes nothing; on other tables, and for a role of before, it is taken back.
    """
    name = sql.Identifier(role)
    policy = sql.Identifier(purpose)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, roles::text[] FROM pg_catalog.pg_policies WHERE policyname = %s", [purpose])
        there = dict(cursor.fetchall())
        wanted = set(tables)
        kept = {table for table in there if table in wanted and there[table] == [role]}
        for table in sorted(there.keys() - kept):
            cursor.execute(sql.SQL("DROP POLICY {} ON {}").format(policy, sql.Identifier(table)))
        for table in sorted(wanted - kept):
            through = sql.SQL("CREATE POLICY {} ON {} TO {} USING (true) WITH CHECK (true)")
            cursor.execute(through.format(policy, sql.Identifier(table), name))
