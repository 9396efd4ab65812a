"""What a reviewing State keeps for itself at the places of the desk, and who has been there (docs/adr/0070)."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, PROTECT, CheckConstraint, ForeignKey, Q, UniqueConstraint

from core.database.columns import base
from core.database.guards import stays_as_written
from core.database.row_security import LOOKING, ME, THE_SYSTEM, close, protect
from core.language.i18n import UN_LANGUAGES

_USER = settings.AUTH_USER_MODEL
# Of the own State alone: a common room of the reviewing States opens none of it.
_OWN_ROOM = "(review_id, room_id) IN (SELECT * FROM acting_places('write'))"
# Who reads the slip reads who has read; the policies of the outer table are asked as well.
_OF_SLIP = "EXISTS (SELECT FROM dialogue_deskslip slip WHERE slip.id = slip_id)"
_MINE = "user_id = (SELECT acting_person())"


def _key(to: str, name: str, related_name: str = "+", *, on_delete: object = PROTECT, **options: bool) -> ForeignKey:
    return ForeignKey(to, on_delete, related_name=related_name, verbose_name=name, **options)


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_walls")]

    operations = [
        migrations.CreateModel(
            "DeskSlip",
            [
                *base(),
                ("language", models.CharField("language", max_length=10, choices=UN_LANGUAGES)),
                ("review", _key("reviews.review", "review", on_delete=CASCADE)),
                ("room", _key("accounts.stateparty", "room", null=True, blank=True)),
                ("instrument", _key("reviews.instrument", "instrument")),
                ("question_code", models.CharField("question", max_length=60, blank=True)),
                ("article", _key("reviews.article", "article", null=True, blank=True)),
                ("text", models.TextField("note", blank=True, default="")),
                (
                    "text_html",
                    models.TextField("the text as it is shown", blank=True, default="", editable=False),
                ),
                ("revision", models.PositiveIntegerField("revision", default=0)),
                ("saved_by", _key(_USER, "saved by", null=True)),
                ("saved_at", models.DateTimeField("saved at", null=True)),
                ("ask_by", _key(_USER, "marked to ask by", null=True)),
                ("observe_by", _key(_USER, "marked to observe by", null=True)),
            ],
            options={
                "verbose_name": "slip of the desk",
                "verbose_name_plural": "slips of the desk",
                "ordering": ["instrument", "question_code"],
                "constraints": [
                    CheckConstraint(name="slip_lies_in_a_room", condition=Q(room__isnull=False)),
                    CheckConstraint(
                        name="slip_on_a_question_or_an_article",
                        condition=Q(question_code="", article__isnull=False) | (~Q(question_code="") & Q(article=None)),
                    ),
                    UniqueConstraint(
                        fields=["review", "room", "instrument", "question_code", "article"],
                        name="one_slip_a_place",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "SlipReading",
            [
                *base(),
                ("read_at", models.DateTimeField("read at")),
                ("slip", _key("dialogue.deskslip", "slip", "readings", on_delete=CASCADE)),
                ("user", _key(_USER, "person", on_delete=CASCADE)),
            ],
            options={
                "verbose_name": "reading of an answer",
                "verbose_name_plural": "readings of answers",
                "constraints": [UniqueConstraint(fields=["slip", "user"], name="one_reading_a_slip")],
            },
        ),
        migrations.CreateModel(
            "DeskVisit",
            [
                *base(),
                ("seen_at", models.DateTimeField("seen at")),
                ("before_at", models.DateTimeField("seen before at", null=True)),
                ("review", _key("reviews.review", "review", on_delete=CASCADE)),
                ("user", _key(_USER, "person", on_delete=CASCADE)),
            ],
            options={
                "verbose_name": "visit to the desk",
                "verbose_name_plural": "visits to the desk",
                "constraints": [UniqueConstraint(fields=["review", "user"], name="one_visit_a_desk")],
            },
        ),
        protect("dialogue_deskslip", read=_OWN_ROOM, write=_OWN_ROOM),
        stays_as_written("dialogue_deskslip", ["review_id", "room_id", "instrument_id", "question_code", "article_id"]),
        close(
            "dialogue_slipreading",
            read=f"{LOOKING} OR {_OF_SLIP}",
            added=f"{THE_SYSTEM} OR (user_id = {ME} AND {_OF_SLIP})",
            write=f"{THE_SYSTEM} OR (user_id = {ME} AND {_OF_SLIP})",
        ),
        stays_as_written("dialogue_slipreading", ["slip_id", "user_id"]),
        protect("dialogue_deskvisit", read=_MINE, write=_MINE),
    ]
