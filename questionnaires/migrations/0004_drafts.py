"""Drafts of questionnaires, one a cluster, and translations beside the official text (docs/adr/0052).

Officers publish on a page from now on: no other person writes a version, whatever the statement. A State moves its
answers to a later version, as long as they are not sent (docs/adr/0053).
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.columns import base
from core.database.guards import stays_as_once_set, stays_when
from core.database.row_security import protect
from reviews.walls import EVERY_SECRETARIAT_ROLE, OFFICER

_PROTECT = django.db.models.deletion.PROTECT
_VERSION = "questionnaires.questionnaireversion"
_ONCE_SET = "OLD.review_id IS NOT NULL"
_KEPT = stays_as_once_set("questionnaires_response", ("review_id", "version_id", "party_to"), when=_ONCE_SET)


def _key(to: str, name: str, related_name: str = "+", **options: bool) -> models.Field:
    return models.ForeignKey(to, _PROTECT, related_name=related_name, verbose_name=name, **options)


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
        migrations.CreateModel(
            "ItemMapping",
            [
                *base(),
                ("old_code", models.CharField("code in the earlier version", max_length=60)),
                ("new_code", models.CharField("code in the later version", max_length=60, blank=True)),
                ("decided_by", _key(settings.AUTH_USER_MODEL, "decided by")),
                ("old_version", _key(_VERSION, "earlier version")),
                ("new_version", _key(_VERSION, "later version")),
            ],
            options={"verbose_name": "where an item goes", "verbose_name_plural": "where items go"},
        ),
        migrations.AddConstraint(
            "itemmapping",
            models.UniqueConstraint(fields=["old_version", "new_version", "old_code"], name="one_place_an_item"),
        ),
        migrations.AddField("response", "moved_from", _key(_VERSION, "moved from", "moved_away", null=True)),
        migrations.AddField("answer", "settled_by", _key(settings.AUTH_USER_MODEL, "looked at by", null=True)),
        migrations.RunSQL(_KEPT.reverse_sql, _KEPT.sql),
        stays_as_once_set("questionnaires_response", ("review_id", "party_to"), when=_ONCE_SET),
        stays_when("questionnaires_response", "version_id", when="OLD.status = 'sent'"),
        protect("questionnaires_itemmapping", read="true", write=OFFICER),
        protect("questionnaires_questionnairedraft", read=EVERY_SECRETARIAT_ROLE, write=OFFICER),
        protect("questionnaires_questionnaire", read="true", write=OFFICER),
        protect("questionnaires_questionnaireversion", read="true", write=OFFICER),
    ]
