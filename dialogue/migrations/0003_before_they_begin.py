"""What experts need before the answers are there (docs/adr/0049)."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from core.database.guards import also_keeps

_SUBJECTS = [("question", "a question"), ("legal_system", "the legal system")]
_KINDS = [
    ("source", "Source"), ("law", "Law"), ("decision", "Decision of a court"), ("voluntary", "Voluntary information"),
]  # fmt: skip
_ON_A_QUESTION = Q(subject="question") & Q(instrument__isnull=False) & ~Q(question_code="")
_ON_NONE = ~Q(subject="question") & Q(instrument=None) & Q(question_code="")


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_walls"), ("reviews", "0012_before_they_begin")]

    operations = [
        migrations.AddField(
            "clarificationrequest",
            "subject",
            models.CharField("about", max_length=20, choices=_SUBJECTS, default="question"),
        ),
        migrations.AlterField(
            "clarificationrequest",
            "instrument",
            models.ForeignKey(
                "reviews.instrument",
                django.db.models.deletion.PROTECT,
                null=True,
                blank=True,
                related_name="+",
                verbose_name="instrument",
            ),
        ),
        migrations.AlterField(
            "clarificationrequest",
            "question_code",
            models.CharField("question", max_length=60, blank=True),
        ),
        migrations.AddConstraint(
            "clarificationrequest",
            models.CheckConstraint(name="request_on_a_question_or_none", condition=_ON_A_QUESTION | _ON_NONE),
        ),
        also_keeps("reviews_clarificationrequest", ["subject"]),
        migrations.AddField(
            "supplementaryinformation",
            "kind",
            models.CharField("kind", max_length=20, choices=_KINDS, default="source"),
        ),
        migrations.AddField(
            "supplementaryinformation", "answers_to", models.CharField("responds to", max_length=200, blank=True)
        ),
        migrations.AddField(
            "supplementaryinformation", "information", models.TextField("information", blank=True, default="")
        ),
        migrations.AddField(
            "supplementaryinformation",
            "information_html",
            models.TextField("the text as it is shown", blank=True, default="", editable=False),
        ),
    ]
