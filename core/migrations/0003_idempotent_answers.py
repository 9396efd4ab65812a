"""What programs were answered to acts that they named by a key (docs/adr/0101)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models
from django.db.models import CASCADE

from core.database.columns import USER, key, once, table
from core.database.row_security import ME, THE_SYSTEM, close

_OWN = f"user_id = {ME}"


class Migration(migrations.Migration):
    dependencies = [("core", "0002_walls"), migrations.swappable_dependency(USER)]

    operations = [
        table("IdempotentAnswer", "answer to a program", "answers to programs", [
            ("user", key(USER, "person", rule=CASCADE)),
            ("key", models.CharField("key", max_length=200)),
            ("fingerprint", models.CharField("SHA-256 of the request", max_length=64)),
            ("status", models.PositiveSmallIntegerField("status")),
            ("headers", models.JSONField("headers", default=dict)),
            ("body", models.JSONField("body", encoder=DjangoJSONEncoder)),
        ], [once("one_answer_a_person_and_key", "user", "key")]),
        close("core_idempotentanswer", read=f"{_OWN} OR {THE_SYSTEM}", added=_OWN, write=f"{_OWN} OR {THE_SYSTEM}"),
    ]  # fmt: skip
