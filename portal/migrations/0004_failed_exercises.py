"""An exercise knows when it was asked for, and why it could not be made (docs/adr/0057)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_practice")]

    operations = [
        migrations.AddField("exercise", "asked_at", models.DateTimeField("asked for at", null=True, blank=True)),
        migrations.AddField(
            "exercise", "failure", models.TextField("why it could not be made", blank=True, default="")
        ),
    ]
