"""What a State opens to all States parties is read by their people, and by nobody else (docs/adr/0093).

What was public before stays so.
"""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from core.database.guards import changed, guarded
from core.database.row_security import LOOKING, THE_SYSTEM
from reviews.walls import EVERY_SECRETARIAT_ROLE

_PUBLICATION = "reviews_publication"
_AUDIENCES = [
    ("review_team", "The reviewing States of this review"), ("states_parties", "All States parties"),
    ("public", "Everybody"),
]  # fmt: skip
# The secretariat sees on the page of a text where it stands; the text itself it reads there.
_READ = f"audience = 'public' OR (SELECT acting_for_a_state()) OR {EVERY_SECRETARIAT_ROLE} OR {LOOKING} OR {THE_SYSTEM}"


class Migration(migrations.Migration):
    dependencies = [("observations", "0013_public_as_xml")]

    operations = [
        migrations.AddField("publication", "audience", models.CharField(
            "shared with", max_length=20, choices=_AUDIENCES, db_default="public"
        )),
        RunSQL(
            f"ALTER POLICY door_read ON {_PUBLICATION} USING ({_READ})",
            f"ALTER POLICY door_read ON {_PUBLICATION} USING (true)",
        ),
        guarded(
            _PUBLICATION, "audience_stays", on="UPDATE", when=changed(["audience"]),
            words="what is opened to others is opened anew",
        ),
    ]  # fmt: skip
