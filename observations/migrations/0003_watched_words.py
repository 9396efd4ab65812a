"""The words that hints look for: reference data, read by all and written by those who look after these."""

from django.db import migrations, models

from core.database.columns import LANGUAGES, once, table

_KINDS = [("judging", "judges"), ("personal", "is personal"), ("known", "abbreviation that everybody knows")]


class Migration(migrations.Migration):
    dependencies = [("observations", "0002_walls")]
    operations = [
        table("WatchedWord", "watched word", "watched words", [
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("kind", models.CharField("kind", max_length=10, choices=_KINDS)),
            ("words", models.CharField("word or phrase", max_length=60)),
            ("is_stem", models.BooleanField("with any ending", default=False)),
        ], [once("one_watched_word_a_language", "language", "words")], ordering=["language", "kind", "words"]),
    ]  # fmt: skip
