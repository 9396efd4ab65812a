"""Triggers of the database's own in the place of those that a setting of the session switches off (docs/adr/0022)."""

import pgtrigger.migrations
from django.db import migrations

from core.database.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_grace_by_role"), ("core", "0005_guards")]

    operations = [
        pgtrigger.migrations.RemoveTrigger("termsacceptance", "append_only"),
        append_only("accounts_termsacceptance"),
    ]
