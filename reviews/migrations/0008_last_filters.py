"""How a person last narrowed a list, which that person alone reads and writes."""

from django.db import migrations, models
from django.db.models import CASCADE

from core.database.columns import USER, key, once, table
from core.database.row_security import close
from reviews.walls import MINE


class Migration(migrations.Migration):
    dependencies = [("reviews", "0007_taken_out_by_drafters")]

    operations = [
        table("LastFilter", "last filter of a list", "last filters of lists", [
            ("user", key(USER, "person", rule=CASCADE)),
            ("mechanism", key("reviews.mechanism", "mechanism", rule=CASCADE)),
            ("page", models.CharField("page", max_length=20)),
            ("query", models.TextField("filter")),
        ], [once("one_last_filter_a_person_and_list", "user", "mechanism", "page")]),
        close("reviews_lastfilter", read=MINE, write=MINE),
    ]  # fmt: skip
