"""Whether the reviewing States send one written feedback together (docs/adr/0082)."""

from django.db import migrations, models
from django.db.migrations.operations import AddField

from core.database.columns import NULL


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_words_of_a_mechanism")]

    operations = [
        AddField(
            "review",
            "feedback_is_joint",
            models.BooleanField("the reviewing States send one feedback together", **NULL),
        ),
    ]
