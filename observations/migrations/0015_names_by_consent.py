"""An expert's name is published by his or her own word alone (docs/adr/0093)."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import CASCADE

from core.database.columns import MAYBE, USER, key, once, table
from core.database.guards import changed, guarded, stays_as_written
from core.database.row_security import LOOKING, THE_SYSTEM, close
from reviews.walls import MINE, SEES_REVIEW

_ANSWER = "observations_naminganswer"
# Also of who takes part no more: the name stays in what was agreed then.
_OF_MINE = f"""{MINE} AND EXISTS (
    SELECT FROM reviews_participation part WHERE part.review_id = {_ANSWER}.review_id
        AND part.user_id = (SELECT acting_person()) AND part.role = 'governmental_expert'
)"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0014_audiences"), ("reviews", "0003_walls")]

    operations = [
        table("NamingAnswer", "word on the own name", "words on the own name", [
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("user", key(USER, "expert")),
            ("agrees", models.BooleanField("agrees")),
            ("answered_at", models.DateTimeField("answered at")),
            ("refused_at", models.DateTimeField("refused at", **MAYBE)),
        ], [once("one_word_on_a_name", "review", "user")]),
        close(
            _ANSWER, read=f"{LOOKING} OR {THE_SYSTEM} OR {MINE} OR {SEES_REVIEW}",
            write=f"{THE_SYSTEM} OR {_OF_MINE}",
        ),
        stays_as_written(_ANSWER, ["review_id", "user_id"]),
        migrations.AddField("textversion", "experts", ArrayField(models.UUIDField(), verbose_name="experts", **MAYBE)),
        migrations.AddField("publicationindex", "names_experts", models.BooleanField("names experts", db_default=True)),
        guarded(
            "reviews_textversion", "experts_stay", on="UPDATE", when=changed(["experts"]),
            words="whom a version names is written with it",
        ),
    ]  # fmt: skip
