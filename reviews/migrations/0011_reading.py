"""The list of publications and tools for experts, and declarations of competence (docs/adr/0049)."""

from django.db import migrations, models
from django.db.models import deletion

from core.database.columns import base

_LANGUAGES = [
    ("ar", "Arabic"), ("zh-hans", "Chinese"), ("en", "English"), ("fr", "French"), ("ru", "Russian"), ("es", "Spanish"),
]  # fmt: skip
_KINDS = [
    ("text", "Text of an instrument"), ("rules", "Rules and guidelines of the mechanism"),
    ("records", "Records of the negotiation"), ("publication", "Publication"), ("tool", "Tool"),
]  # fmt: skip
_MARKS = [
    ("S", "Stated in resolution 10/1 or its annexes"), ("U", "Stated on the mechanism's public pages"),
    ("P", "Another published page"), ("I", "An inference"), ("M", "Not verified"),
]  # fmt: skip
_STATEMENTS = [
    ("reservation", "Reservation"), ("declaration", "Declaration"), ("competence", "Declaration of competence"),
    ("notification", "Notification"), ("objection", "Objection to a reservation of another State"),
]  # fmt: skip
_NONE = {"null": True, "blank": True, "on_delete": deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_outreach")]

    operations = [
        migrations.AlterField(
            "adherencestatement", "kind", models.CharField("kind", max_length=20, choices=_STATEMENTS)
        ),
        migrations.CreateModel(
            "ReadingItem",
            [
                *base(),
                ("kind", models.CharField("kind", max_length=20, choices=_KINDS)),
                ("title", models.CharField("title", max_length=300)),
                ("language", models.CharField("language", max_length=10, choices=_LANGUAGES)),
                ("link", models.URLField("address", max_length=1000, blank=True)),
                ("order", models.PositiveSmallIntegerField("place in the list")),
                ("evidence_mark", models.CharField("evidence", max_length=1, choices=_MARKS, blank=True)),
                ("evidence_note", models.TextField("note on the evidence", blank=True)),
                ("withdrawn_at", models.DateTimeField("withdrawn at", null=True, blank=True)),
                ("cluster", models.ForeignKey("reviews.cluster", verbose_name="cluster", **_NONE)),
                ("instrument", models.ForeignKey("reviews.instrument", verbose_name="instrument", **_NONE)),
                (
                    "mechanism",
                    models.ForeignKey(
                        "reviews.mechanism", deletion.CASCADE, related_name="reading", verbose_name="mechanism"
                    ),
                ),
            ],
            options={
                "verbose_name": "publication or tool",
                "verbose_name_plural": "publications and tools",
                "ordering": ["mechanism", "order", "title"],
                "constraints": [
                    models.UniqueConstraint(fields=["mechanism", "language", "title"], name="a_work_once_a_language")
                ],
            },
        ),
    ]
