"""To whom a mail goes, and with which words, is written with it and never again (docs/adr/0022)."""

from django.db import migrations

from core.database.guards import stays_as_written


class Migration(migrations.Migration):
    dependencies = [("core", "0014_role_of_the_door")]

    operations = [
        stays_as_written("core_notification", ("recipient_id", "key", "template", "context", "about", "other_address"))
    ]
