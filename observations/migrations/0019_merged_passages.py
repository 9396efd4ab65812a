"""A passage of a summary says which other has its words (docs/adr/0097)."""

from django.db import migrations
from django.db.migrations.operations import AddConstraint, AddField
from django.db.models import SET_NULL, Q

from core.database.columns import NULL, holds, key

_IS_EMPTY = Q(merged_into=None) | Q(text="")


class Migration(migrations.Migration):
    dependencies = [("observations", "0018_notes_below_suggestions")]

    operations = [
        AddField("summarypassage", "merged_into", key(
            "observations.summarypassage", "merged into", rule=SET_NULL, **NULL
        )),
        AddConstraint("summarypassage", holds("merged_passage_empty", _IS_EMPTY)),
    ]  # fmt: skip
