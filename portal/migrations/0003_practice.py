"""Who practises, and exercises (docs/adr/0057)."""

import uuid

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import CASCADE, PROTECT

from core.database.columns import base
from core.database.row_security import AT_THE_DOOR, ME, THE_SYSTEM, close

_OFFICER = "(SELECT acting_role() = 'officer' OR acting_role() = 'administrator')"
_AT_THE_DOOR = f"{AT_THE_DOOR} OR {THE_SYSTEM}"
_MAYBE = {"null": True, "blank": True}
_USER, _REVIEW = (settings.AUTH_USER_MODEL, CASCADE), ("reviews.review", PROTECT)
_OPEN = models.UniqueConstraint(fields=["learner"], condition=models.Q(dropped_at=None), name="one_exercise_a_learner")


def _named(one, many, **options):  # type: ignore[no-untyped-def]
    return {"verbose_name": one, "verbose_name_plural": many, **options}


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_mechanisms"), ("accounts", "0003_contacts_and_links")]

    operations = [
        migrations.CreateModel("Learner", [
            *base(),
            ("alias", models.UUIDField("alias", default=uuid.uuid4, editable=False, unique=True)),
            ("begun_on", models.DateField("began to practise on", **_MAYBE)),
            ("finished_on", models.DateField("finished on", **_MAYBE)),
            ("user", models.OneToOneField(*_USER, related_name="+", verbose_name="person")),
        ], options=_named("person who practises", "people who practise", ordering=["-created_at"])),
        migrations.CreateModel("HandOver", base(), options=_named(
            "hand-over to the practice portal", "hand-overs to the practice portal")),
        migrations.CreateModel("Exercise", [
            *base(),
            ("learner", models.UUIDField("alias of the learner")),
            ("name", models.CharField("name to show", max_length=150)),
            ("language", models.CharField("language", max_length=10)),
            ("cast", models.JSONField("accounts of the parts", default=dict, blank=True)),
            ("finished_at", models.DateTimeField("finished at", **_MAYBE)),
            ("dropped_at", models.DateTimeField("dropped at", **_MAYBE)),
            ("review", models.OneToOneField(*_REVIEW, null=True, blank=True, related_name="+", verbose_name="review")),
        ], options=_named("exercise", "exercises", ordering=["created_at"], constraints=[_OPEN])),
        # Oneself, and the secretariat, which only looks.
        close("portal_learner", read=f"user_id = {ME} OR {_OFFICER} OR {THE_SYSTEM}", write=f"user_id = {ME}"),
        # A learner is nobody of the database: exercises are found at the door, by the session alone.
        close("portal_handover", read=_AT_THE_DOOR, write=_AT_THE_DOOR),
        close("portal_exercise", read=_AT_THE_DOOR, write=_AT_THE_DOOR),
    ]  # fmt: skip
