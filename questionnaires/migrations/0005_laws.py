"""The legal library of a State, closed to all but its people (docs/adr/0058)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.columns import base
from core.database.guards import append_only, keeps
from core.database.row_security import protect, protect_part

_PROTECT = django.db.models.deletion.PROTECT
_CASCADE = django.db.models.deletion.CASCADE
_STATE = "accounts.stateparty"
_LAW = "questionnaires.law"
# Who takes part now for the State in a review of it, in whatever role; who reviews another State does not.
_OF_THE_STATE = """state_party_id IN (
    SELECT part.state_party_id FROM reviews_participation part
    WHERE part.user_id = (SELECT acting_person()) AND part.ended_at IS NULL AND part.side = 'under_review'
)"""
_KINDS = [("law", "Law"), ("regulation", "Regulation"), ("case", "Case"), ("policy", "Policy")]
_STATUSES = [("in_force", "In force"), ("amended", "Amended"), ("repealed", "Repealed")]


def _key(to: str, deleted: object, related_name: str, name: str) -> models.Field:
    return models.ForeignKey(to, deleted, related_name=related_name, verbose_name=name)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0004_drafts"), ("reviews", "0012_before_they_begin")]

    operations = [
        migrations.CreateModel(
            "Law",
            [
                *base(),
                ("kind", models.CharField("kind", max_length=20, choices=_KINDS, default="law")),
                ("title", models.CharField("title", max_length=300)),
                ("translation", models.CharField("title in translation", max_length=300, blank=True)),
                ("number", models.CharField("number", max_length=100, blank=True)),
                ("dated", models.DateField("date", null=True, blank=True)),
                ("language", models.CharField("language", max_length=12, blank=True)),
                ("status", models.CharField("status", max_length=20, choices=_STATUSES, default="in_force")),
                ("since", models.DateField("from when", null=True, blank=True)),
                ("link", models.URLField("link", max_length=500, blank=True)),
                ("text", models.TextField("text", blank=True)),
                ("also_cited_as", models.TextField("also cited as", blank=True)),
                (
                    "articles",
                    django.contrib.postgres.fields.ArrayField(
                        models.CharField(max_length=60), default=list, blank=True, size=None, verbose_name="articles"
                    ),
                ),
                ("ended_at", models.DateTimeField("no longer used since", null=True, blank=True)),
                ("revision", models.PositiveIntegerField("revision", default=1)),
                ("saved_by", _key(settings.AUTH_USER_MODEL, _PROTECT, "+", "saved by")),
                ("state_party", _key(_STATE, _PROTECT, "laws", "State")),
            ],
            options={"verbose_name": "law", "verbose_name_plural": "laws", "ordering": ["title", "dated"]},
        ),
        migrations.CreateModel(
            "LawName",
            [
                *base(),
                ("key", models.TextField("words")),
                ("law", _key(_LAW, _CASCADE, "names", "law")),
                ("state_party", _key(_STATE, _PROTECT, "+", "State")),
            ],
            options={"verbose_name": "name of a law", "verbose_name_plural": "names of laws"},
        ),
        migrations.CreateModel(
            "LawVersion",
            [
                *base(),
                ("number", models.PositiveIntegerField("number")),
                ("content", models.JSONField("content")),
                ("law", _key(_LAW, _CASCADE, "versions", "law")),
                ("review", _key("reviews.review", _PROTECT, "+", "review")),
                ("saved_by", _key(settings.AUTH_USER_MODEL, _PROTECT, "+", "saved by")),
            ],
            options={
                "verbose_name": "version of a law",
                "verbose_name_plural": "versions of laws",
                "ordering": ["law", "number"],
            },
        ),
        migrations.AddConstraint(
            "lawname", models.UniqueConstraint(fields=["state_party", "key"], name="one_law_a_name")
        ),
        migrations.AddConstraint(
            "lawversion",
            models.UniqueConstraint(fields=["law", "number"], name="one_version_of_a_law_a_number"),
        ),
        protect("questionnaires_law", read=_OF_THE_STATE, write=_OF_THE_STATE),
        protect("questionnaires_lawname", read=_OF_THE_STATE, write=_OF_THE_STATE),
        protect_part(
            "questionnaires_lawversion",
            parent="questionnaires_law",
            key="law_id",
            read=_OF_THE_STATE,
            write=_OF_THE_STATE,
        ),
        keeps("questionnaires_law", ("state_party_id",)),
        append_only("questionnaires_lawversion"),
    ]
