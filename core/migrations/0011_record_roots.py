"""Roots over the heads of all chains: everybody reads them, and nobody what they were made of (docs/adr/0023)."""

import django.db.models.deletion
from django.db import migrations, models

from core.database.guards import append_only
from core.database.row_security import SOMEBODY, close

_SYSTEM = "(SELECT core_on_errand('system'))"


class Migration(migrations.Migration):
    dependencies = [("core", "0010_days_of_tasks")]

    operations = [
        migrations.CreateModel(
            name="RecordRoot",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("earlier", models.CharField(max_length=64, verbose_name="hash of the root before")),
                ("tree", models.CharField(max_length=64, verbose_name="top of the tree")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="hash")),
                ("key", models.CharField(blank=True, max_length=64, verbose_name="fingerprint of the key")),
                ("public_key", models.CharField(blank=True, max_length=64, verbose_name="public key")),
                ("signature", models.CharField(blank=True, max_length=128, verbose_name="signature")),
            ],
            options={
                "verbose_name": "root of the record",
                "verbose_name_plural": "roots of the record",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="RecordRootSecret",
            fields=[
                (
                    "root",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="secret",
                        serialize=False,
                        to="core.recordroot",
                    ),
                ),
                ("seed", models.CharField(max_length=64, verbose_name="seed")),
            ],
            options={"verbose_name": "secret of a root", "verbose_name_plural": "secrets of roots"},
        ),
        migrations.CreateModel(
            name="RecordHead",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("chain", models.CharField(max_length=100, verbose_name="chain")),
                ("sequence", models.BigIntegerField(verbose_name="number of the last entry")),
                ("hash", models.CharField(max_length=64, verbose_name="hash of the last entry")),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads",
                        to="core.recordroot",
                        verbose_name="since root",
                    ),
                ),
            ],
            options={
                "verbose_name": "kept head",
                "verbose_name_plural": "kept heads",
                "ordering": ["root", "chain"],
                "constraints": [models.UniqueConstraint(fields=("chain", "root"), name="one_head_a_chain_and_root")],
            },
        ),
        append_only("core_recordroot"),
        append_only("core_recordrootsecret"),
        append_only("core_recordhead"),
        close("core_recordrootsecret", read=SOMEBODY, write=_SYSTEM),
        close("core_recordhead", read=SOMEBODY, write=_SYSTEM),
    ]
