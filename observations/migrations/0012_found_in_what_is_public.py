"""Public documents are found by their words, as long as they are public (docs/adr/0091)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.migrations.operations import AddIndex
from django.db.models import CASCADE

from core.database.columns import list_of, one_key, table
from core.database.row_security import THE_SYSTEM, close

_PUBLISHES = "acting_publishes((SELECT agreed_text_id FROM reviews_publication WHERE id = publication_id))"
_HEADINGS = [
    ("gap_or_challenge", "Gap or challenge"), ("best_practice", "Best practice"),
    ("suggestion", "Suggestion"), ("assistance_need", "Technical assistance need"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("observations", "0011_placed_and_discussed")]

    operations = [
        table("PublicationIndex", "words of a public document", "words of public documents", [
            ("publication", one_key("observations.publication", "publication", "index", rule=CASCADE)),
            ("language", models.CharField("language", max_length=10)),
            ("letters", models.TextField("words")),
            ("stems", SearchVectorField("stems of the words")),
            ("articles", list_of(models.PositiveSmallIntegerField(), "articles")),
            ("headings", list_of(models.CharField(max_length=30, choices=_HEADINGS), "headings")),
        ]),
        AddIndex("PublicationIndex", GinIndex(fields=["stems"], name="publication_stems")),
        AddIndex(
            "PublicationIndex", GinIndex(fields=["letters"], name="publication_letters", opclasses=["gin_trgm_ops"]),
        ),
        close("observations_publicationindex", read="true", write=f"{_PUBLISHES} OR {THE_SYSTEM}"),
    ]  # fmt: skip
