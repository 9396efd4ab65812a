"""Who acts is proven to the database (docs/adr/0022)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.migrations._proof import ERRAND, PROVEN, PURPOSE, RECORD, REMOVAL, TABLES


class Migration(migrations.Migration):
    dependencies = [("core", "0005_guards")]

    operations = [RunSQL([TABLES, PROVEN, PURPOSE, ERRAND, RECORD], [REMOVAL])]
