"""What belongs to an observation stays with it, and nobody has given a reason before deciding (docs/adr/0087, 0088)."""

from django.db import migrations
from django.db.migrations.operations import AddConstraint
from django.db.models import Q

from core.database.columns import holds
from core.database.guards import stays_as_written

_DECIDED = ~(Q(status="draft") | Q(status="open"))


class Migration(migrations.Migration):
    dependencies = [("observations", "0015_names_by_consent")]

    operations = [
        *[
            stays_as_written(table, ("observation_id",))
            for table in ("observations_assistanceneed", "reviews_observation_articles")
        ],
        AddConstraint("suggestion", holds("suggestion_undecided_gives_no_reason", _DECIDED | Q(reason="", outcome=""))),
    ]
