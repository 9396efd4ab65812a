"""What migrations say of rows that never change again: triggers of the database's own (docs/adr/0022).

No setting of a session switches them off; only the owner of a table can. Migrations that have been applied rest on
these functions: add others beside them rather than change what they give. Conditions are written with AND and OR: a
list (``IN``) comes back from a dump in other words, and a start would take the database for another one.
"""

from collections.abc import Iterable

from django.db.migrations.operations import RunSQL

from core.database.reversible import made

_ANY, _WRITTEN = "INSERT OR UPDATE OR DELETE", "INSERT OR UPDATE"


def append_only(table: str, *, may_go: str = "") -> RunSQL:
    """Nothing is changed or taken out, but rows on which ``may_go`` holds (SQL on ``OLD``) may be taken out."""
    goes = f"NOT ({may_go})" if may_go else ""
    return made(_trigger(table, "append_only", "UPDATE") + _trigger(table, "stays", "DELETE", when=goes))


def never_changed(table: str) -> RunSQL:
    """Nothing is changed; rows go with what they belong to."""
    return made(_trigger(table, "append_only", "UPDATE"))


def keeps(table: str, columns: Iterable[str]) -> RunSQL:
    """These columns are written with the row and never again; others may change. The row stays."""
    return made(_trigger(table, "keeps", "UPDATE", when=changed(columns)) + _trigger(table, "stays", "DELETE"))


def also_keeps(table: str, columns: Iterable[str]) -> RunSQL:
    """The same of columns that a table was given later, beside those that it ``keeps``."""
    return made(_trigger(table, "also_keeps", "UPDATE", when=changed(columns)))


def keeps_once_set(table: str, column: str) -> RunSQL:
    """The column, text, is empty at first; what is written into it stays."""
    condition = f"OLD.{column} <> '' AND NEW.{column} <> OLD.{column}"
    return made(_trigger(table, f"keeps_{column}", "UPDATE", when=condition))


def frozen(table: str, *, when: str) -> RunSQL:
    """A row on which ``when`` holds (SQL on ``OLD``) is neither changed nor taken out."""
    return made(_trigger(table, "frozen", "UPDATE OR DELETE", when=when))


def keeps_once(table: str, columns: Iterable[str], *, when: str) -> RunSQL:
    """Of a row on which ``when`` holds (SQL on ``OLD``) these columns stay, and so does the row; others may change."""
    condition = f"({when}) AND ({changed(columns)})"
    return made(_trigger(table, "keeps", "UPDATE", when=condition) + _trigger(table, "stays", "DELETE", when=when))


def stays_as_once_set(table: str, columns: Iterable[str], *, when: str) -> RunSQL:
    """The same, but the row may go: whether it may is another's affair."""
    return made(_trigger(table, "keeps", "UPDATE", when=f"({when}) AND ({changed(columns)})"))


def stays_when(table: str, column: str, *, when: str) -> RunSQL:
    """A column of a row on which ``when`` holds (SQL on ``OLD``) stays; others may change, and the row may go."""
    return made(_trigger(table, f"stays_{column}", "UPDATE", when=f"({when}) AND ({changed([column])})"))


def guarded(table: str, name: str, *, on: str, when: str, words: str = "", function: str = "core_refuse") -> RunSQL:
    """A trigger of that ``name``: ``when`` a row is so (SQL on ``OLD`` and ``NEW``), it is refused, with these words.

    Or a ``function`` is asked that another trigger has too.
    """
    called = f"{function}('{words}')" if words else f"{function}()"
    return made(_trigger(table, name, on, when=when, call=called))


def frozen_by(table: str, *, condition: str, words: str, operations: str = _ANY) -> RunSQL:
    """``frozen`` by a ``condition`` that looks at other rows too: SQL on ``OLD``, ``NEW`` and ``TG_OP``."""
    return refused(
        table, "frozen", on=operations, condition=condition, words=words, past_rooms=True, gives="COALESCE(NEW, OLD)"
    )


def refused_on(table: str, *, name: str, condition: str, words: str) -> RunSQL:
    """No row is written on which the ``condition`` holds, which may look at other rows too: SQL on ``NEW``."""
    return refused(table, name, on=_WRITTEN, condition=condition, words=words, past_rooms=True)


def refused(
    table: str,
    name: str,
    *,
    on: str,
    condition: str,
    words: str,
    when: str = "",
    function: str = "",
    past_rooms: bool = False,
    gives: str = "NEW",
) -> RunSQL:
    """A trigger of that ``name``: what the ``condition`` holds of is refused, with these ``words``.

    SQL on ``OLD``, ``NEW`` and ``TG_OP``, asked as the role that runs the statement, or ``past_rooms`` as the owner; of
    rows on which ``when`` holds alone. The function bears another name where other triggers have it too.
    """
    function = function or f"{table}_{name}"
    refusing = _refusing(function, condition, words, past_rooms=past_rooms, gives=gives)
    return made(refusing + _trigger(table, name, on, when=when, call=f"{function}()"))


def refused_otherwise(function: str, *, before: str, condition: str, words: str, past_rooms: bool = False) -> RunSQL:
    """Have a ``function`` that ``refused`` has made ask another ``condition`` than ``before``; its triggers stay."""

    def asks(each: str) -> str:
        made_before = _refusing(function, each, words, past_rooms=past_rooms)
        return made_before.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)

    return RunSQL(asks(condition), asks(before))


def _refusing(function: str, condition: str, words: str, *, past_rooms: bool, gives: str = "NEW") -> str:
    security = "SECURITY DEFINER " if past_rooms else ""
    return f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql {security}SET search_path = public, pg_temp
        AS $refused$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{words}';
            END IF;
            RETURN {gives};
        END $refused$;
        """


def stays_as_written(table: str, columns: Iterable[str], *, once: Iterable[str] = ()) -> RunSQL:
    """These columns are written with the row and never again, whatever else of it changes; the row may go.

    Those written ``once``, into NULL, stay from then on.
    """
    return made(
        _trigger(table, "written_once", "UPDATE", when=changed(columns)) + "".join(_once(table, name) for name in once)
    )


def stays_once_set(table: str, column: str) -> RunSQL:
    """The column is NULL at first; what is written into it stays, though other columns change."""
    return made(_once(table, column))


# Roles that serve pages alone; workers and commands are another role, or where an operator made none, on an errand.
SERVES_PAGES = "(core_role_serves('plain') OR core_role_serves('door'))"
FOR_PAGES = f"{SERVES_PAGES} AND NOT core_on_errand('system')"
WITHOUT_KEYS = f"{SERVES_PAGES} AND NOT core_on_errand('keys')"  # not at the one door to a room (docs/adr/0021)


def kept_from_pages(table: str, *, condition: str, words: str, operations: str = _WRITTEN) -> RunSQL:
    """A page does not do that of which ``condition`` holds: SQL on ``OLD``, ``NEW``, ``TG_OP``, asked as its role."""
    return refused(table, "of_pages", on=operations, condition=f"{FOR_PAGES} AND ({condition})", words=words)


def changed(columns: Iterable[str]) -> str:
    """Whether any of these columns is another than it was, on ``OLD`` and ``NEW``."""
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


def _once(table: str, column: str) -> str:
    return _trigger(table, f"once_{column}", "UPDATE", when=f"OLD.{column} IS NOT NULL AND {changed([column])}")


def _trigger(table: str, name: str, operations: str, *, when: str = "", call: str = "core_refuse()") -> str:
    condition = f"WHEN ({when}) " if when else ""
    return f"CREATE TRIGGER {name} BEFORE {operations} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION {call};"
