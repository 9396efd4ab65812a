"""An observer takes no draft out of the room, and puts nobody on a section."""

from django.db import migrations

from reviews.walls import taken_out_by_drafters, written_by_drafters

_KEEPER = "dialogue_sectionkeeper"
_DRAFTS = ("clarificationrequest", "clarificationanswer", "supplementaryinformation")


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0007_conclusion"), ("reviews", "0007_taken_out_by_drafters")]

    operations = [
        *[taken_out_by_drafters(f"reviews_{table}") for table in _DRAFTS],
        written_by_drafters(_KEEPER),
        taken_out_by_drafters(_KEEPER),
    ]
