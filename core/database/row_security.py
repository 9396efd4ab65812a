"""What migrations say of row-level security, and which tables have it (docs/adr/0014).

Migrations that have been applied rest on these functions: add others beside them rather than change what they give.
"""

import re
from collections.abc import Callable, Iterable

from django.db import connection
from django.db.migrations.operations import RunSQL
from psycopg import sql

# What ``protect`` wrote before the system had to prove itself; ``ask_for_proof`` puts the question in its place.
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


# Whom the session has proven to serve (docs/adr/0022), each asked once a statement: a person, a person or the portal
# itself on an errand, the portal that lets somebody in, and the key of the person.
PERSON = "(SELECT split_part(core_proven(), '|', 1) <> '' OR core_on_errand('system'))"
SOMEBODY = "(SELECT core_proven() <> '|')"
AT_THE_DOOR = "(SELECT core_on_errand('door'))"
GIVING_KEYS = "(SELECT core_on_errand('keys'))"
LOOKING = "(SELECT core_on_errand('look'))"
THE_SYSTEM = "(SELECT core_on_errand('system'))"  # where it has no role of its own; that one is let through
ME = "(SELECT NULLIF(split_part(core_proven(), '|', 1), '')::uuid)"


def close(table: str, *, read: str, write: str) -> RunSQL:
    """Close a table of which not each row lies in a room, but for rows on which the conditions hold."""
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY door_read ON {table} FOR SELECT USING ({read});
        CREATE POLICY door_insert ON {table} FOR INSERT WITH CHECK ({write});
        CREATE POLICY door_update ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write});
        CREATE POLICY door_delete ON {table} FOR DELETE USING ({write});
        """,
        f"""
        DROP POLICY door_read ON {table};
        DROP POLICY door_insert ON {table};
        DROP POLICY door_update ON {table};
        DROP POLICY door_delete ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def written_as(table: str, *, added: str, becoming: str, was: str) -> RunSQL:
    """What a row of a closed table has to be when it is added, and what one becomes that is changed.

    Which rows are found to be locked or changed stays as it is. ``was`` is what both were until then.
    """

    def alter(added: str, becoming: str) -> str:
        return f"""
            ALTER POLICY door_insert ON {table} WITH CHECK ({added});
            ALTER POLICY door_update ON {table} WITH CHECK ({becoming});
        """

    return RunSQL(alter(added, becoming), alter(was, was))


def written_by(table: str, *, write: str, was: str) -> RunSQL:
    """Whose rows of a closed table may be written at all, changed or taken out. ``was`` is what that was until then."""

    def alter(condition: str) -> str:
        return f"""
            ALTER POLICY door_insert ON {table} WITH CHECK ({condition});
            ALTER POLICY door_update ON {table} USING ({condition}) WITH CHECK ({condition});
            ALTER POLICY door_delete ON {table} USING ({condition});
        """

    return RunSQL(alter(write), alter(was))


def protected_tables() -> set[str]:
    """The tables of the database that have row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_catalog.pg_class WHERE relrowsecurity AND relkind = 'r'")
        return {name for (name,) in cursor.fetchall()}


# A word of the session costs nothing to look at; only where it says something its proof is asked for.
_ON_ERRAND = """(
    COALESCE(split_part(current_setting('app.actor', true), '|', 2), '') <> '' AND core_on_errand('{errand}')
)"""
# Both as the database writes them.
_BY_WORD = "(current_setting('app.actor'::text, true) = 'system'::text)"
_ASKED = re.compile(
    re.escape(
        "((COALESCE(split_part(current_setting('app.actor'::text, true), '|'::text, 2), ''::text) <> ''::text)"
        " AND core_on_errand('"
    )
    + r"\w+"
    + re.escape("'::text))")
)


def ask_for_proof(*, opened: Iterable[str]) -> None:
    """As the owner: let no policy believe the word of a session. Repeating it changes nothing.

    Who looks past the rooms reads; into the tables ``opened`` a row may be put by who opens rooms (``acting``).
    """

    def asked(table: str, command: str, condition: str) -> str:
        errand = "look" if command == "SELECT" else "open" if command == "INSERT" and table in opened else "system"
        return condition.replace(_BY_WORD, _ON_ERRAND.format(errand=errand))

    _rewrite(_BY_WORD, asked)


def believe_again() -> None:
    """The way back, for a migration that takes away what proves anything."""
    _rewrite("core_on_errand", lambda _table, _command, condition: _ASKED.sub(_BY_WORD, condition))


def _rewrite(words: str, change: Callable[[str, str, str], str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, cmd, qual, with_check FROM pg_catalog.pg_policies"
            " WHERE schemaname = 'public' AND (strpos(qual, %(words)s) > 0 OR strpos(with_check, %(words)s) > 0)",
            {"words": words},
        )
        for table, policy, command, using, check in cursor.fetchall():
            parts = (("USING", using), ("WITH CHECK", check))
            changed = " ".join(f"{clause} ({change(table, command, old)})" for clause, old in parts if old)
            cursor.execute(f"ALTER POLICY {policy} ON {table} {changed}")


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
