"""What experts need before the answers are there (docs/adr/0049), and feedback that is brought in (docs/adr/0050)."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations import RunSQL
from django.db.models import Q

from core.database.guards import also_keeps, kept_from_pages

_SUBJECTS = [("question", "a question"), ("legal_system", "the legal system")]
_KINDS = [
    ("source", "Source"), ("law", "Law"), ("decision", "Decision of a court"), ("voluntary", "Voluntary information"),
]  # fmt: skip
_ON_A_QUESTION = Q(subject="question") & Q(instrument__isnull=False) & ~Q(question_code="")
_ON_NONE = ~Q(subject="question") & Q(instrument=None) & Q(question_code="")
_BROUGHT = {"null": True, "blank": True, "related_name": "feedback", "verbose_name": "brought in as"}
_IS_SENT = models.CheckConstraint(
    name="feedback_brought_in_is_sent", condition=Q(brought_piece=None) | Q(status="sent")
)
# What was brought in gives way to what is brought in after the State has objected, and to nothing else.
_FROZEN = """
DROP TRIGGER frozen ON reviews_writtenfeedback;
CREATE TRIGGER frozen BEFORE UPDATE ON reviews_writtenfeedback FOR EACH ROW
    WHEN (OLD.status = 'sent' AND NOT COALESCE(OLD.brought_piece_id <> NEW.brought_piece_id, false))
    EXECUTE FUNCTION core_refuse();
CREATE TRIGGER stays BEFORE DELETE ON reviews_writtenfeedback FOR EACH ROW WHEN (OLD.status = 'sent')
    EXECUTE FUNCTION core_refuse();
"""
_FROZEN_BEFORE = """
DROP TRIGGER frozen ON reviews_writtenfeedback;
DROP TRIGGER stays ON reviews_writtenfeedback;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON reviews_writtenfeedback FOR EACH ROW WHEN (OLD.status = 'sent')
    EXECUTE FUNCTION core_refuse();
"""


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
        migrations.AddField(
            "writtenfeedback",
            "brought_piece",
            models.OneToOneField("reviews.broughtpiece", django.db.models.deletion.PROTECT, **_BROUGHT),
        ),
        migrations.AddConstraint("writtenfeedback", _IS_SENT),
        RunSQL(_FROZEN, _FROZEN_BEFORE),
        kept_from_pages(
            "reviews_writtenfeedback",
            operations="INSERT OR UPDATE",
            condition="NEW.brought_piece_id IS DISTINCT FROM OLD.brought_piece_id",
            words="a worker alone marks what was brought in",
        ),
    ]
