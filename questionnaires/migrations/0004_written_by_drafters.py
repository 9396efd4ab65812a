"""An observer adds nothing to what was saved of an answer, and nothing to the bodies that the State has consulted."""

from django.db import migrations

from reviews.walls import taken_out_by_drafters, written_by_drafters

_BODY = "questionnaires_consultedbody"
_WRITTEN = (_BODY, *(f"questionnaires_{table}" for table in ("answerrevision", "adoption", "reusedanswer")))


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_sent_by_focal_points"), ("reviews", "0007_taken_out_by_drafters")]

    operations = [*[written_by_drafters(table) for table in _WRITTEN], taken_out_by_drafters(_BODY)]
