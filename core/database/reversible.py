"""SQL of a migration whose way back follows from what it makes."""

import re

from django.db.migrations.operations import RunSQL

_WAYS_BACK = (
    (r"CREATE TABLE (\w+)", r"DROP TABLE \1"),
    (r"CREATE VIEW (\w+)", r"DROP VIEW \1"),
    (r"CREATE FUNCTION (\w+)", r"DROP FUNCTION \1"),
    (r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)\s.*?\sON (\w+)", r"DROP TRIGGER \1 ON \2"),
    (r"CREATE POLICY (\w+) ON (\w+)", r"DROP POLICY \1 ON \2"),
    (r"ALTER TABLE (\w+) ENABLE ROW LEVEL SECURITY", r"ALTER TABLE \1 DISABLE ROW LEVEL SECURITY"),
    (r"ALTER TABLE (\w+) ADD CONSTRAINT (\w+)", r"ALTER TABLE \1 DROP CONSTRAINT \2"),
)


def made(statements: str) -> RunSQL:
    """What makes tables, views, functions, triggers, policies and constraints; taken back in the opposite order.

    A function is taken away by its name alone, so no two of them may be called the same.
    """
    found = [
        (match.start(), match.expand(back))
        for there, back in _WAYS_BACK
        for match in re.finditer(there, statements, re.DOTALL)
    ]
    return RunSQL(statements, ";\n".join(back for _place, back in sorted(found, reverse=True)))
