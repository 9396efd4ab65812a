"""Signing in has a role of its own (docs/adr/0033)."""

from django.db import migrations

from core.migrations._proof import PROVEN, PROVEN_BUT_AT_THE_DOOR


class Migration(migrations.Migration):
    dependencies = [("core", "0013_pulses")]

    operations = [
        migrations.RunSQL(PROVEN_BUT_AT_THE_DOOR, PROVEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    ]
