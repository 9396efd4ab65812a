"""Observations have numbers, an order by hand, links, the revision that was discussed, and why one was withdrawn."""

from django.db import migrations, models
from django.db.migrations.operations import AddConstraint, AddField, RunSQL

from core.database.columns import list_of, once
from core.database.guards import FOR_PAGES, changed, refused
from reviews.walls import ANY_OFFICER

# By their age: of what is agreed the number is no part, so that the guard of it may rest meanwhile.
_NUMBERED = """
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE reviews_observation DISABLE TRIGGER USER;
    UPDATE reviews_observation row SET number = counted.number
    FROM (
        SELECT id, row_number() OVER (PARTITION BY agreed_text_id ORDER BY created_at, id) AS number
        FROM reviews_observation WHERE tabled_revision IS NOT NULL
    ) counted WHERE counted.id = row.id;
    ALTER TABLE reviews_observation ENABLE TRIGGER USER;
"""
_NO_SPEAKER = f"{FOR_PAGES} AND NOT (acting_speaker(OLD.review_id) OR {ANY_OFFICER})"


class Migration(migrations.Migration):
    dependencies = [("observations", "0010_assistance_needs")]

    operations = [
        AddField("observation", "number", models.PositiveIntegerField("number", null=True, blank=True)),
        AddField("observation", "discussed_revision", models.PositiveIntegerField(
            "revision that was discussed", null=True, blank=True
        )),
        AddField("observation", "withdrawal_reason", models.TextField(
            "why it was withdrawn", blank=True, default="", db_default=""
        )),
        AddField("observation", "links", list_of(models.CharField(max_length=200), "links", blank=True)),
        AddField("agreedtext", "placed", list_of(models.UUIDField(), "order by hand", blank=True)),
        RunSQL(_NUMBERED, RunSQL.noop),
        AddConstraint("observation", once("one_observation_a_number", "agreed_text", "number")),
        refused(
            "reviews_agreedtext", "placed_by_a_speaker", on="UPDATE", when=changed(["placed"]), condition=_NO_SPEAKER,
            words="the order of a list is set by a focal point",
        ),
    ]  # fmt: skip
