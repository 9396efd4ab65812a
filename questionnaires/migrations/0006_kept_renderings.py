"""What texts look like stands beside them (docs/adr/0024), for those that are there already too."""

from typing import Any

from django.db import migrations, models

from core.language.kept_renderings import keep_renderings

COLUMNS = [
    ("answer", "text"),
]


def fill(apps: Any, schema_editor: Any) -> None:
    keep_renderings(apps, "questionnaires", COLUMNS)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0005_articles_under_review")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="text_html",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="the text as it is shown"),
        ),
        migrations.AddField(
            model_name="responsesubmission",
            name="rendered",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="the texts as they are shown"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
