"""The official symbols of documents, and the shapes of those that a mechanism gives out (docs/adr/0089)."""

from django.db import migrations, models
from django.db.models import CASCADE

import core.documents.symbols
from core.database.columns import LANGUAGES, MAYBE, key, once, table
from core.database.guards import stays_as_written
from core.database.row_security import protect
from reviews.walls import OFFICER, SEES_REVIEW

_TABLE = "reviews_documentsymbol"
_KINDS = [
    ("questionnaire", "Completed questionnaire"), ("feedback", "Written feedback"),
    ("exchange", "Record of clarifications and dialogue"), ("list_of_observations", "List of observations"),
    ("summary", "Summary"), ("clearances", "Protocol of clearance"),
]  # fmt: skip
_DISTRIBUTIONS = [("general", "General"), ("limited", "Limited"), ("restricted", "Restricted")]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_joint_feedback")]

    operations = [
        migrations.AddField("mechanism", "symbol_shapes", models.TextField(
            "shapes of symbols of documents", blank=True, default="", db_default="",
            validators=[core.documents.symbols.check_shapes],
            help_text="One a line, such as CTOC/COP/WG.#/#/CRP.#: # is a number, * letters, digits and points.",
        )),
        table("DocumentSymbol", "symbol of a document", "symbols of documents", [
            ("review", key("reviews.review", "review", "symbols", rule=CASCADE)),
            ("kind", models.CharField("document", max_length=30, choices=_KINDS)),
            ("instrument", key("reviews.instrument", "instrument", **MAYBE)),
            ("symbol", models.CharField("symbol", max_length=80, unique=True)),
            ("distribution", models.CharField("distribution", max_length=10, choices=_DISTRIBUTIONS)),
            ("dated_on", models.DateField("date")),
            ("original", models.CharField("original language", max_length=10, choices=LANGUAGES)),
        ], [
            once("one_symbol_a_document", "review", "kind", "instrument", nulls_distinct=False),
        ], ordering=["review", "kind", "instrument"]),
        protect(_TABLE, read=SEES_REVIEW, write=OFFICER),
        stays_as_written(_TABLE, ("review_id", "kind", "instrument_id")),
    ]  # fmt: skip
