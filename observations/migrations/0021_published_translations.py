"""Translations that are published with their text, of which everybody reads a copy and no row of the order (0098)."""

from django.db import migrations, models
from django.db.migrations.operations import AddConstraint, AlterField
from django.db.models import CASCADE

from core.database.columns import LANGUAGES, key, once, table
from core.database.guards import kept_from_pages, refused, stays_as_written
from core.database.row_security import THE_SYSTEM, close

_TABLE = "observations_publishedtranslation"
_PUBLISHES = "acting_publishes((SELECT agreed_text_id FROM reviews_publication WHERE id = publication_id))"
# Whoever reads the publication reads it in its other languages, as long as it is one.
_READ = f"""EXISTS (
        SELECT FROM reviews_publication row
        WHERE row.id = publication_id AND (row.ended_at IS NULL OR {_PUBLISHES} OR {THE_SYSTEM})
    )"""
_WRITTEN = ("publication_id", "order_id", "language", "document", "sha256")
_NOT_CONFIRMED = """NOT EXISTS (
        SELECT FROM observations_translationorder piece
        JOIN reviews_publication published ON published.version_id = piece.version_id
        WHERE piece.id = NEW.order_id AND published.id = NEW.publication_id AND published.ended_at IS NULL
            AND piece.room_id IS NULL AND piece.language = NEW.language AND piece.confirmed_sha256 = NEW.sha256
    )"""
_MADE = "TG_OP = 'UPDATE' OR NEW.is_agreed OR NEW.pdf <> '' OR NEW.docx <> '' OR NEW.xml <> ''"


def _file(label: str) -> models.FileField:
    return models.FileField(label, upload_to="publications/%Y/", blank=True, max_length=200)


class Migration(migrations.Migration):
    dependencies = [("observations", "0020_language_sets")]

    operations = [
        table("PublishedTranslation", "published translation", "published translations", [
            ("publication", key("observations.publication", "publication", "translations", rule=CASCADE)),
            ("order", key("observations.translationorder", "translation")),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("document", models.JSONField("document")),
            ("sha256", models.CharField("SHA-256 of the translation", max_length=64)),
            ("is_agreed", models.BooleanField("agreed in this language", default=False)),
            ("pdf", _file("PDF")),
            ("docx", _file("Word")),
            ("xml", _file("Akoma Ntoso")),
        ], [once("one_published_translation_a_language", "publication", "language")], ordering=["language"]),
        AlterField(
            "PublicationIndex", "publication", key("observations.publication", "publication", "index", rule=CASCADE)
        ),
        AddConstraint("PublicationIndex", once("words_of_a_publication_once_a_language", "publication", "language")),
        close(_TABLE, read=_READ, write=f"{_PUBLISHES} OR {THE_SYSTEM}"),
        stays_as_written(_TABLE, _WRITTEN),
        refused(
            _TABLE, "confirmed", on="INSERT", condition=_NOT_CONFIRMED, past_rooms=True,
            words="what is published with a text is a confirmed translation of its version",
        ),
        kept_from_pages(
            _TABLE, operations="INSERT OR UPDATE", condition=_MADE,
            words="the files of a publication are made by workers, who say whether it is agreed in a language",
        ),
    ]  # fmt: skip
