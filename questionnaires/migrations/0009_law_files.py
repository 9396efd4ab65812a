"""Files with a law of the library, closed to all but the people of its State (docs/adr/0067).

What was sent names them, so that none is taken away or changed; readers of that come to them past the rooms.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import questionnaires.laws.models
from core.database.columns import base
from core.database.guards import keeps
from core.database.row_security import protect_part

_OF_THE_STATE = """state_party_id IN (
    SELECT part.state_party_id FROM reviews_participation part
    WHERE part.user_id = (SELECT acting_person()) AND part.ended_at IS NULL AND part.side = 'under_review'
)"""
_KINDS = [
    ("law", "Law"),
    ("regulation", "Regulation"),
    ("case", "Case"),
    ("policy", "Policy"),
    ("elsewhere", "Answer given elsewhere"),
]
_FILE = "questionnaires_lawfile"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0008_readings")]

    operations = [
        migrations.AlterField("law", "kind", models.CharField("kind", max_length=20, choices=_KINDS, default="law")),
        migrations.CreateModel(
            "LawFile",
            [
                *base(),
                ("title", models.CharField("title", max_length=300)),
                ("language", models.CharField("language", max_length=12, blank=True)),
                (
                    "file",
                    models.FileField("file", upload_to=questionnaires.laws.models._place_of_law_file, max_length=200),
                ),
                ("file_name", models.CharField("name of the file", max_length=200)),
                ("sha256", models.CharField("SHA-256 of the file", max_length=64)),
                ("ended_at", models.DateTimeField("no longer used since", null=True, blank=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        django.db.models.deletion.PROTECT,
                        related_name="+",
                        verbose_name="added by",
                    ),
                ),
                (
                    "law",
                    models.ForeignKey(
                        "questionnaires.law",
                        django.db.models.deletion.CASCADE,
                        related_name="files",
                        verbose_name="law",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a law",
                "verbose_name_plural": "files of laws",
                "ordering": ["created_at"],
            },
        ),
        migrations.AddConstraint(
            "lawfile",
            models.UniqueConstraint(
                fields=["law", "sha256"], condition=models.Q(ended_at=None), name="one_file_of_a_law_once"
            ),
        ),
        protect_part(_FILE, parent="questionnaires_law", key="law_id", read=_OF_THE_STATE, write=_OF_THE_STATE),
        keeps(_FILE, ("law_id", "title", "language", "file", "file_name", "sha256", "added_by_id")),
    ]
