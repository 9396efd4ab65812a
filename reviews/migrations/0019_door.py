"""Who takes part is written by a person (docs/adr/0022)."""

from django.db import migrations

from core.database.row_security import PERSON, SOMEBODY, close


class Migration(migrations.Migration):
    dependencies = [("reviews", "0018_proof"), ("core", "0007_door")]

    operations = [
        close("reviews_participation", read="true", write=PERSON),
        close("reviews_calendarfeed", read=SOMEBODY, write=SOMEBODY),
    ]
