"""Drafts of questionnaires, one a cluster, and translations beside the official text (docs/adr/0052).

Officers publish on a page from now on: no other person writes a version, whatever the statement.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.columns import base
from core.database.row_security import protect
from reviews.walls import EVERY_SECRETARIAT_ROLE, OFFICER

_PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_brought_in"), ("reviews", "0011_bringing")]

    operations = [
        migrations.AddField(
            "questionnaireversion",
            "translations",
            models.JSONField("translations", default=dict, blank=True),
        ),
        migrations.CreateModel(
            "QuestionnaireDraft",
            [
                *base(),
                ("content", models.JSONField("content")),
                ("revision", models.PositiveIntegerField("revision", default=1)),
                (
                    "edited_by",
                    django.contrib.postgres.fields.ArrayField(
                        models.UUIDField(), default=list, size=None, verbose_name="edited by"
                    ),
                ),
                (
                    "cluster",
                    models.OneToOneField("reviews.cluster", _PROTECT, related_name="draft", verbose_name="cluster"),
                ),
                (
                    "last_edited_by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, _PROTECT, related_name="+", verbose_name="last edited by"
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a questionnaire",
                "verbose_name_plural": "drafts of questionnaires",
                "ordering": ["cluster"],
            },
        ),
        protect("questionnaires_questionnairedraft", read=EVERY_SECRETARIAT_ROLE, write=OFFICER),
        protect("questionnaires_questionnaire", read="true", write=OFFICER),
        protect("questionnaires_questionnaireversion", read="true", write=OFFICER),
    ]
