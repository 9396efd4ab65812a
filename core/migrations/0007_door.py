"""Mails and acts are read by people whom the portal has let in, and by nobody else (docs/adr/0022)."""

from django.db import migrations

from core.database.row_security import SOMEBODY, close


class Migration(migrations.Migration):
    dependencies = [("core", "0006_proof")]

    operations = [
        close("core_notification", read=SOMEBODY, write=SOMEBODY),
        close("core_auditentry", read=SOMEBODY, write=SOMEBODY),  # a trigger says by whom
    ]
