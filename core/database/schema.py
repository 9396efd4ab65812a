"""What the database is beside its rows, as named facts of its catalogue, and how that differs from what it shall be.

A database that has lost its policies, triggers or grants still answers; so it is compared before anybody is let in
(docs/adr/0030). Roles have other names in other installations and are called by what they are for: ``owner`` (who owns
the tables), ``plain``, ``system``, ``door``, ``everybody``.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.database import role_powers
from core.database.rights import named_roles

# The facts of a database to which all migrations have just been applied; `make schema` writes them.
EXPECTED = Path(__file__).resolve().parents[2] / "fixtures" / "schema.json"
# What every database has had that was made before the migrations were squashed, the first time (docs/adr/0036) or the
# second (docs/adr/0069), and none since.
_OF_BEFORE = frozenset({"core.0002_chains_of_the_audit", "core.0002_proof"})
OF_BEFORE = (
    "This is the database of a version of before the squash of 30 November 2026, which was never released, and no "
    "later one brings it up to date. Nothing of it was changed. Go on with the version that made it, or begin with an "
    "empty database (docs/operations/upgrading.md)."
)
# One of these that should not be there opens or closes what shall be as it is; an index too many does no harm.
_GUARDS = ("function", "grant", "policy", "trigger")
_SHOWN = 20
# Casts and parentheses: a list of values is written with others once a dump of it was restored. Conditions of policies
# are compared to the letter.
_LOOSE = r'::("[^"]+"|[a-z_ ]+)(\(\d+\))?(\[\])?|[() ]'

_FACTS = """
WITH who AS (
  SELECT 0::oid AS oid, 'everybody' AS purpose
  UNION ALL
  SELECT oid, CASE WHEN oid = (SELECT relowner FROM pg_class WHERE oid = to_regclass('public.django_migrations'))
    THEN 'owner' WHEN rolname = %(plain)s THEN 'plain' WHEN rolname = %(system)s THEN 'system'
    WHEN rolname = %(door)s THEN 'door' ELSE rolname END
  FROM pg_roles
), ours AS (
  SELECT c.* FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
), functions AS (
  SELECT p.*, proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS name FROM pg_proc p
  WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
), rights AS (
  SELECT relname::text AS name, grantee, privilege_type, is_grantable, relowner AS owner
  FROM ours, aclexplode(COALESCE(relacl, acldefault(CASE relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, relowner)))
  UNION ALL
  SELECT relname || '.' || attname, grantee, privilege_type, is_grantable, relowner
  FROM ours JOIN pg_attribute ON attrelid = ours.oid, aclexplode(attacl)
  UNION ALL
  SELECT name, grantee, privilege_type, is_grantable, proowner
  FROM functions, aclexplode(COALESCE(proacl, acldefault('f', proowner)))
  UNION ALL
  SELECT 'schema public', grantee, privilege_type, is_grantable, nspowner
  FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public' AND privilege_type = 'CREATE'
)
SELECT 'table' AS kind, relname::text AS name, concat_ws(' ', relkind, purpose,
    CASE WHEN relrowsecurity THEN 'row security' END, CASE WHEN relforcerowsecurity THEN 'forced' END) AS definition
  FROM ours JOIN who ON who.oid = relowner
UNION ALL
SELECT 'columns', relname, string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
    attgenerated, pg_get_expr(adbin, adrelid)), ', ' ORDER BY attname)
  FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE relkind <> 'S' GROUP BY relname
UNION ALL
-- PostgreSQL 18 has a constraint for each NOT NULL, which is told with the columns; triggers have their own line.
SELECT 'constraint', relname || '.' || conname, concat_ws(' ',
    regexp_replace(pg_get_constraintdef(c.oid), %(loose)s, '', 'g'), convalidated)
  FROM ours JOIN pg_constraint c ON conrelid = ours.oid WHERE contype NOT IN ('n', 't')
UNION ALL
SELECT 'index', ours.relname || '.' || i.relname, concat_ws(' ',
    regexp_replace(pg_get_indexdef(indexrelid), %(loose)s, '', 'g'), indisvalid)
  FROM ours JOIN pg_index ON indrelid = ours.oid JOIN pg_class i ON i.oid = indexrelid
UNION ALL
SELECT 'trigger', relname || '.' || tgname, concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled)
  FROM ours JOIN pg_trigger t ON tgrelid = ours.oid WHERE NOT tgisinternal
UNION ALL
SELECT 'policy', relname || '.' || polname, concat_ws(' ', polcmd, polpermissive,
    (SELECT string_agg(purpose, ',' ORDER BY purpose) FROM who WHERE who.oid = ANY (polroles)),
    'USING', pg_get_expr(polqual, polrelid), 'CHECK', pg_get_expr(polwithcheck, polrelid))
  FROM ours JOIN pg_policy ON polrelid = ours.oid
UNION ALL
SELECT 'view', relname, concat_ws(' ', reloptions, pg_get_viewdef(oid)) FROM ours WHERE relkind = 'v'
UNION ALL
SELECT 'function', name, concat_ws(' ', lanname, format_type(prorettype, NULL), provolatile, prosecdef, proconfig,
    purpose, prosrc)
  FROM functions JOIN pg_language l ON l.oid = prolang JOIN who ON who.oid = proowner
UNION ALL
SELECT 'grant', name || ' to ' || purpose, string_agg(privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END, ','
    ORDER BY privilege_type)
  FROM rights JOIN who ON who.oid = grantee WHERE grantee <> owner GROUP BY name, purpose
"""


def facts() -> dict[str, str]:
    """Every fact, such as ``policy reviews_review.rooms_read``, with what says how it is defined."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {**_roles(), "loose": _LOOSE})
        rows = cursor.fetchall()
    return {f"{kind} {name}": hashlib.sha256(text.encode()).hexdigest()[:16] for kind, name, text in sorted(rows)}


def expected() -> dict[str, str]:
    """The facts of the migrations that this version has."""
    return dict(json.loads(EXPECTED.read_text(encoding="utf-8")))


def digest(told: Mapping[str, str]) -> str:
    """One hash over facts."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def differences(found: Mapping[str, str], wanted: Mapping[str, str], *, guards: Collection[str] = _GUARDS) -> list[str]:
    """In words and by name, what is missing, what is otherwise, and which guards there are too many."""
    missing = [f"{fact} is missing" for fact in wanted if fact not in found]
    otherwise = [
        f"{fact} is not what it was made to be" for fact in wanted if found.get(fact, wanted[fact]) != wanted[fact]
    ]
    more = [f"{fact} should not be there" for fact in found if fact not in wanted and fact.split(" ")[0] in guards]
    return missing + otherwise + more


def faults() -> list[str]:
    """How the database differs from what the migrations of this version make; to be asked once all are applied.

    Beside the facts, which a dump carries, what the roles of this server may do too much.

    Where there is no role of its own for something, there are no grants to it, and no policies that let it through.
    """
    missing = _purposes_without_role()
    with connection.cursor() as cursor:
        too_much = role_powers.excesses(cursor, _roles().values())
    return differences(_without(missing, facts()), _without(missing, expected())) + too_much


def in_words(faults: Collection[str]) -> str:
    """For the person at the terminal: the first of them, and how many there are."""
    shown = [f"  {fault}" for fault in list(faults)[:_SHOWN]]
    more = [f"  and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
    return "\n".join(["The database is not what its migrations make of it:", *shown, *more])


def _roles() -> dict[str, str]:
    named = named_roles()
    # No process but the owner's has the addresses of all, and their names by that; the database knows them.
    if all(named.values()):
        return named
    given = {purpose: role for purpose, role in named.items() if role}
    return {**named, **_named_in_the_database(), **given}


def _named_in_the_database() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('core_servingrole') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return {}
        cursor.execute("SELECT purpose, name FROM core_servingrole")
        return dict(cursor.fetchall())


def _without(purposes: Collection[str], told: Mapping[str, str]) -> dict[str, str]:
    if not purposes:
        return dict(told)
    grants = "" if "plain" in purposes else tuple(f" to {purpose}" for purpose in purposes)
    through = tuple(f".{purpose}" for purpose in purposes)
    return {
        fact: value
        for fact, value in told.items()
        if not (fact.startswith("grant ") and fact.endswith(grants))
        and not (fact.startswith("policy ") and fact.endswith(through))
    }


def _purposes_without_role() -> set[str]:
    """What is done by the role that owns the tables, or by the plain one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE oid <> (SELECT relowner FROM pg_class"
            " WHERE oid = to_regclass('public.django_migrations'))"
        )
        serving = {name for (name,) in cursor.fetchall()}
    return {purpose for purpose, role in _roles().items() if role not in serving}


def is_empty() -> bool:
    """Whether no migration was ever begun on this database."""
    return "django_migrations" not in connection.introspection.table_names()


def is_of_before() -> bool:
    """Whether the database was made by migrations that the portal no longer has; ``OF_BEFORE`` says so in words."""
    return not is_empty() and not _OF_BEFORE.isdisjoint(applied())


def is_behind() -> bool:
    """Whether this version has migrations that the database has not had."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_marked() -> bool:
    """Whether this database was found to be what this very version makes of it, and so has to be that still."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')")
        return bool(cursor.fetchone()[0] == digest(expected()))


def mark() -> None:
    """As the owner: note on the table of migrations, which a dump carries, what this database was found to be."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE django_migrations IS '{digest(expected())}'")


def applied() -> list[str]:
    """The migrations that the database has had, such as ``reviews.0001_initial``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def manifest() -> dict[str, object]:
    """What a backup tells of the database that is in it."""
    return {"format": 1, "migrations": applied(), "schema": facts()}
