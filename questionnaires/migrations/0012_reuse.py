"""Questions that are linked, and from where answers were taken over (docs/adr/0063)."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, PROTECT, ForeignKey, UniqueConstraint

from core.database.columns import base
from core.database.guards import append_only
from core.database.row_security import protect
from core.language.i18n import UN_LANGUAGES

# Those who write the official answers: a contributor sees no such row.
_DRAFTED = "(review_id, room_id) IN (SELECT * FROM acting_places('write'))"
_METHODS = [
    ("text", "Same official text"),
    ("heading", "First question under the same heading"),
    ("article", "Same article and paragraph"),
    ("officer", "Linked by the secretariat"),
]
_MARKS = [
    ("S", "Stated in resolution 10/1 or its annexes"),
    ("U", "Stated on the mechanism's public pages"),
    ("P", "Another published page"),
    ("I", "An inference"),
    ("M", "Not verified"),
]
_ACTS = [
    ("kept", "Still correct"),
    ("edited", "Taken to be changed"),
    ("same", "Same answer as to another question"),
    ("set_aside", "Set aside"),
]


def _key(to: str, name: str, related_name: str = "+", *, on_delete: object = PROTECT, **options: bool) -> ForeignKey:
    return ForeignKey(to, on_delete, related_name=related_name, verbose_name=name, **options)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0011_margin_notes"), ("reviews", "0013_texts_brought_in")]

    operations = [
        migrations.CreateModel(
            "QuestionLink",
            [
                *base(),
                ("block", models.SlugField("block", max_length=60)),
                ("code", models.CharField("code of the question", max_length=60)),
                ("method", models.CharField("found by", max_length=10, choices=_METHODS, default="officer")),
                ("evidence_mark", models.CharField("evidence", max_length=1, choices=_MARKS)),
                ("evidence_note", models.TextField("note on the evidence", blank=True)),
                ("mechanism", _key("reviews.mechanism", "mechanism", "question_links")),
            ],
            options={
                "verbose_name": "link between questions",
                "verbose_name_plural": "links between questions",
                "ordering": ["mechanism", "block", "code"],
                "constraints": [
                    UniqueConstraint(fields=["mechanism", "block", "code"], name="a_question_once_a_block")
                ],
            },
        ),
        migrations.CreateModel(
            "ReusedAnswer",
            [
                *base(),
                ("language", models.CharField("language", max_length=10, choices=UN_LANGUAGES)),
                ("number", models.PositiveIntegerField("revision of the answer", default=0)),
                ("how", models.CharField("what was done", max_length=10, choices=_ACTS)),
                ("source_review", models.CharField("review that it is taken from", max_length=20)),
                ("source_code", models.CharField("question that it is taken from", max_length=60)),
                ("source_number", models.PositiveIntegerField("version that it is taken from")),
                ("source_sha256", models.CharField("SHA-256 of what it is taken from", max_length=64, blank=True)),
                ("source_sent_at", models.DateTimeField("sent at", null=True)),
                ("answer", _key("questionnaires.answer", "answer", "reused", null=True)),
                ("question", _key("questionnaires.question", "question")),
                ("response", _key("questionnaires.response", "response", "reused", on_delete=CASCADE)),
                ("review", _key("reviews.review", "review", on_delete=CASCADE)),
                ("room", _key("accounts.stateparty", "room", null=True, blank=True)),
                ("submission", _key("questionnaires.responsesubmission", "taken from", null=True)),
                ("taken_by", _key(settings.AUTH_USER_MODEL, "taken by")),
            ],
            options={
                "verbose_name": "answer taken over",
                "verbose_name_plural": "answers taken over",
                "ordering": ["response", "created_at"],
            },
        ),
        protect("questionnaires_reusedanswer", read=_DRAFTED, write=_DRAFTED),
        append_only("questionnaires_reusedanswer"),
    ]
