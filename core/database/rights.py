"""What the roles that serve may do to each table, made so by the owner after every migration (docs/adr/0022).

Which rights those are, the app says that knows all others (``portal.reference.table_rights``).
"""

from collections.abc import Mapping

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

RIGHTS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}
ALL = "SIUD"


def rights_of(role: str) -> dict[str, str]:
    """What a role may do to each table of the database, as letters: ``SIUD`` is everything."""
    letters = ", ".join(f"has_table_privilege(%(role)s, oid, '{right}')" for right in RIGHTS.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT relname, {letters} FROM pg_catalog.pg_class"  # noqa: S608 - words of ours
            " WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::regnamespace",
            {"role": role},
        )
        return {
            name: "".join(letter for letter, is_given in zip(RIGHTS, given, strict=True) if is_given)
            for name, *given in cursor.fetchall()
        }


def differing(role: str, wanted: Mapping[str, str]) -> dict[str, str]:
    """The tables on which the role has other rights than wanted, with those it has; tables not named are left out."""
    return {table: found for table, found in rights_of(role).items() if found != wanted.get(table, found)}


@transaction.atomic
def give(role: str, wanted: Mapping[str, str]) -> None:
    """As the owner: make a role's rights what they shall be. Repeating it changes nothing."""
    with connection.cursor() as cursor:
        numbers = sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}")
        cursor.execute(numbers.format(sql.Identifier(role)))
        for table in differing(role, wanted):
            names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
            cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**names))
            if letters := wanted[table]:
                rights = sql.SQL(", ".join(RIGHTS[letter] for letter in letters))
                cursor.execute(sql.SQL("GRANT {rights} ON {table} TO {role}").format(rights=rights, **names))


def named_roles() -> dict[str, str]:
    """The roles that the settings name, by what they are for; empty where there is none of its own."""
    return {
        "plain": settings.DATABASE_PLAIN_ROLE,
        "door": settings.DATABASE_DOOR_ROLE,
        "system": settings.DATABASE_SYSTEM_ROLE,
    }


def name_roles(purposes: Mapping[str, str]) -> None:
    """As the owner: say what each role is for, ``plain``, ``system`` or ``door``; others serve no more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_servingrole WHERE name <> ALL (%s::name[])", [list(purposes)])
        for role, purpose in purposes.items():
            cursor.execute(
                "INSERT INTO core_servingrole (name, purpose) VALUES (%s, %s)"
                " ON CONFLICT (name) DO UPDATE SET purpose = EXCLUDED.purpose",
                [role, purpose],
            )
