"""What is said below a suggestion of wording, among the people of a State or before all (docs/adr/0096)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q

from core.database.columns import USER, holds, key
from core.database.guards import append_only, refused, refused_on
from core.database.row_security import protect
from reviews.columns import room_table
from reviews.walls import (
    OWN_ROOM, OWN_WORDS, READ, WRITE, WRITES, not_said_by, taken_out_by_drafters, written_by_drafters,
)  # fmt: skip

_TABLE = "observations_suggestionnote"
_MARKS = [("resolved", "Resolved"), ("reopened", "Open again")]
_SAYS_OR_MARKS = Q(mark="") & ~Q(text="") | ~Q(mark="") & Q(text="")
# A room that the reviewing States share opens none of it.
_PLACE = "room_id IS NULL AND ({table}) OR " + OWN_ROOM
_ELSEWHERE = "NEW.room_id IS NOT NULL AND NEW.room_id IS DISTINCT FROM NEW.state_party_id"
_FARTHER = """NOT EXISTS (
        SELECT FROM observations_suggestion piece WHERE piece.id = NEW.suggestion_id
            AND piece.review_id = NEW.review_id AND (piece.room_id IS NULL OR piece.room_id = NEW.room_id)
    )"""
_NOT_OWN = (
    f"{not_said_by('written_by_id', 'state_party_id', who=WRITES)}"
    f" OR NEW.room_id IS NULL AND {not_said_by('written_by_id', 'state_party_id')}"
)


class Migration(migrations.Migration):
    dependencies = [("observations", "0017_translations")]

    operations = [
        room_table("SuggestionNote", "note below a suggestion", "notes below suggestions", [
            ("suggestion", key("observations.suggestion", "suggestion", "notes", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("written_by", key(USER, "written by")),
            ("text", models.TextField("note", blank=True)),
            ("mark", models.CharField("mark", max_length=10, choices=_MARKS, blank=True)),
        ], [
            holds("suggestionnote_says_or_marks", _SAYS_OR_MARKS),
        ], ordering=["suggestion", "created_at"]),
        protect(_TABLE, read=_PLACE.format(table=READ), write=_PLACE.format(table=WRITE)),
        append_only(_TABLE, may_go="OLD.room_id IS NOT NULL"),
        written_by_drafters(_TABLE),
        taken_out_by_drafters(_TABLE),
        refused_on(
            _TABLE, name="of_its_state", condition=_ELSEWHERE,
            words="what is not sent lies in the room of the State that writes it",
        ),
        refused_on(
            _TABLE, name="no_farther", condition=_FARTHER,
            words="what is said below a suggestion lies no farther than the suggestion",
        ),
        refused(_TABLE, "in_own_name", on="INSERT", words=OWN_WORDS, condition=_NOT_OWN),
    ]  # fmt: skip
