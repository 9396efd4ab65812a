"""An observer takes no draft out of the room, and no article from one or to it."""

from django.db import migrations

from core.database.guards import FOR_PAGES, refused
from reviews.walls import taken_out_by_drafters

_NOT_DRAFTED = f"""{FOR_PAGES} AND EXISTS (
    SELECT FROM reviews_observation piece WHERE piece.id IN (OLD.observation_id, NEW.observation_id)
        AND piece.room_id IS NOT NULL AND NOT acting_drafter(piece.review_id, piece.room_id)
)"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0007_objections_at_paragraphs"), ("reviews", "0007_taken_out_by_drafters")]

    operations = [
        taken_out_by_drafters("reviews_passagedraft"),
        refused(
            "reviews_observation_articles", "written_by_drafters", on="INSERT OR UPDATE OR DELETE",
            condition=_NOT_DRAFTED, gives="COALESCE(NEW, OLD)",
            words="what lies in a room is written by focal point and experts of its State",
        ),
    ]  # fmt: skip
