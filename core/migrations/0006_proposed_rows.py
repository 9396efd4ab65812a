import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.row_security import ME, SOMEBODY, THE_SYSTEM, read_no_longer

# That somebody was told in private is for that person alone, and for the worker that sends it (docs/adr/0049).
_MAIL = f"{SOMEBODY} AND (NOT is_private OR recipient_id = {ME} OR {THE_SYSTEM})"


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_institution"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("notification", "is_private", models.BooleanField("told to nobody", default=False)),
        read_no_longer("core_notification", before=SOMEBODY, read=_MAIL),
        migrations.CreateModel(
            name="ProposedRow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("table", models.CharField(max_length=100, verbose_name="table")),
                ("key", models.CharField(max_length=300, verbose_name="key")),
                ("row", models.UUIDField(verbose_name="row")),
                ("release", models.JSONField(default=dict, verbose_name="values of the release")),
                ("is_new", models.BooleanField(default=False, verbose_name="is new in this release")),
                ("declined_at", models.DateTimeField(null=True, verbose_name="declined at")),
                (
                    "declined_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="declined by",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference of the release",
                "verbose_name_plural": "differences of the release",
                "constraints": [models.UniqueConstraint(fields=("table", "key"), name="proposed_once_a_key")],
            },
        ),
    ]
