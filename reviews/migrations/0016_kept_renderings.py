"""What texts look like stands beside them (docs/adr/0024), for those that are there already too."""

from typing import Any

from django.db import migrations, models

from core.language.kept_renderings import keep_renderings

COLUMNS = [
    ("feedbackcomment", "text"),
    ("clarificationrequest", "text"),
    ("clarificationanswer", "text"),
    ("observation", "text"),
    ("summarypassage", "text"),
    ("dialoguemeeting", "subject"),
    ("plannedmeeting", "agenda"),
]


def fill(apps: Any, schema_editor: Any) -> None:
    keep_renderings(apps, "reviews", COLUMNS)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_audience")]

    operations = [
        migrations.AddField(
            model_name="feedbackcomment",
            name="text_html",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="the text as it is shown"),
        ),
        migrations.AddField(
            model_name="clarificationrequest",
            name="text_html",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="the text as it is shown"),
        ),
        migrations.AddField(
            model_name="clarificationanswer",
            name="text_html",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="the text as it is shown"),
        ),
        migrations.AddField(
            model_name="observation",
            name="text_html",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="the text as it is shown"),
        ),
        migrations.AddField(
            model_name="summarypassage",
            name="text_html",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="the text as it is shown"),
        ),
        migrations.AddField(
            model_name="dialoguemeeting",
            name="subject_html",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="the text as it is shown"),
        ),
        migrations.AddField(
            model_name="plannedmeeting",
            name="agenda_html",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="the text as it is shown"),
        ),
        migrations.AddField(
            model_name="writtenfeedback",
            name="rendered",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="the texts as they are shown"
            ),
        ),
        migrations.AddField(
            model_name="textversion",
            name="rendered",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="the texts as they are shown"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
