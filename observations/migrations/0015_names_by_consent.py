"""An expert's name is published by his or her own word alone (docs/adr/0093)."""

from django.db import migrations, models
from django.db.models import CASCADE

from core.database.columns import one_key, table
from core.database.guards import stays_as_written
from core.database.row_security import LOOKING, THE_SYSTEM, close
from reviews.walls import EVERY_SECRETARIAT_ROLE

_ANSWER = "observations_naminganswer"
_OF_MINE = """EXISTS (
    SELECT FROM reviews_participation part WHERE part.id = participation_id
        AND part.user_id = (SELECT acting_person()) AND part.ended_at IS NULL AND part.role = 'governmental_expert'
)"""
_OF_REVIEW = """EXISTS (
    SELECT FROM reviews_participation part
    WHERE part.id = participation_id AND part.review_id IN (SELECT acting_reviews())
)"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0014_audiences"), ("reviews", "0003_walls")]

    operations = [
        table("NamingAnswer", "word on the own name", "words on the own name", [
            ("participation", one_key("reviews.participation", "expert", "naming_answer", rule=CASCADE)),
            ("agrees", models.BooleanField("agrees")),
            ("answered_at", models.DateTimeField("answered at")),
        ]),
        close(
            _ANSWER, read=f"{LOOKING} OR {THE_SYSTEM} OR {_OF_REVIEW} OR {EVERY_SECRETARIAT_ROLE}",
            write=f"{THE_SYSTEM} OR {_OF_MINE}",
        ),
        stays_as_written(_ANSWER, ["participation_id"]),
    ]  # fmt: skip
