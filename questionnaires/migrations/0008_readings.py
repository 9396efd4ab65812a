"""When a person last looked at a self-assessment; nobody else reads it."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, ForeignKey, UniqueConstraint

from core.database.columns import base
from core.database.row_security import protect

_MINE = "user_id = (SELECT acting_person())"
_PERSON = ForeignKey(settings.AUTH_USER_MODEL, CASCADE, related_name="+", verbose_name="person")
_RESPONSE = ForeignKey("questionnaires.response", CASCADE, related_name="readings", verbose_name="response")


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0007_recall")]

    operations = [
        migrations.CreateModel(
            "ResponseReading",
            [
                *base(),
                ("seen_at", models.DateTimeField("seen at")),
                ("before_at", models.DateTimeField("seen before at", null=True)),
                ("response", _RESPONSE),
                ("user", _PERSON),
            ],
            options={
                "verbose_name": "reading of a self-assessment",
                "verbose_name_plural": "readings of self-assessments",
                "constraints": [UniqueConstraint(fields=["response", "user"], name="one_reading_a_response")],
            },
        ),
        protect("questionnaires_responsereading", read=_MINE, write=_MINE),
    ]
