"""Who acts is proven to the database (docs/adr/0022)."""

from typing import Any

from django.db import migrations
from django.db.migrations.operations import RunPython, RunSQL

from core.database.row_security import believe_again
from core.migrations._proof import ERRAND, PROVEN, PURPOSE, RECORD, REMOVAL, TABLES


def stop_asking(apps: Any, schema_editor: Any) -> None:
    """Policies ask the functions since ``prepare_roles`` ran, which go with this migration."""
    believe_again()


class Migration(migrations.Migration):
    dependencies = [("core", "0005_guards")]

    operations = [
        RunSQL([TABLES, PROVEN, PURPOSE, ERRAND, RECORD], [REMOVAL]),
        RunPython(RunPython.noop, stop_asking),
    ]
