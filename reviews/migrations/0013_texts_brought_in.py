"""Texts that were agreed elsewhere are brought in: a file for each, of one instrument (docs/adr/0050)."""

from django.db import migrations, models
from django.db.models import ForeignKey, Q, UniqueConstraint

from core.database.guards import also_keeps

_KINDS = [
    ("course", "Steps and dates"), ("answers", "Answers of a self-assessment"), ("feedback", "Written feedback"),
    ("list_of_observations", "List of observations"), ("summary", "Summary"),
]  # fmt: skip
_INSTRUMENT = {"null": True, "blank": True, "related_name": "+", "verbose_name": "instrument"}
_OPEN = Q(status="prepared") | Q(status="waiting")
_ONE_OPEN = UniqueConstraint(fields=("review", "kind", "instrument"), condition=_OPEN, name="one_open_file_a_text")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_before_they_begin")]

    operations = [
        *[
            operation
            for model in ("broughtfile", "broughtpiece")
            for operation in (
                migrations.AlterField(model, "kind", models.CharField("kind", max_length=20, choices=_KINDS)),
                migrations.AddField(
                    model, "instrument", ForeignKey("reviews.instrument", models.PROTECT, **_INSTRUMENT)
                ),
                also_keeps(f"reviews_{model}", ["instrument_id"]),
            )
        ],
        migrations.AddConstraint("broughtfile", _ONE_OPEN),
    ]
