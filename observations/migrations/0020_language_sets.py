"""In which languages beside its own a version is agreed, by the word of each State that agrees on it (docs/adr/0098)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q

from core.database.columns import LANGUAGES, NULL, USER, holds, key, list_of, once
from core.database.guards import FOR_PAGES, changed, guarded, refused, stays_as_written
from core.database.row_security import protect
from reviews.columns import room_table
from reviews.walls import ANY_OFFICER, OWN_WORDS, READ, WRITE, not_said_by

_TABLE = "observations_languageset"
_WRITTEN = ("review_id", "room_id", "version_id", "languages", "sha256", "proposed_by_id", "proposed_for_id")
_NOT_STANDING = """NOT EXISTS (
        SELECT FROM reviews_textversion version JOIN reviews_agreedtext piece ON piece.id = version.agreed_text_id
        WHERE version.id = NEW.version_id AND version.cancelled_at IS NULL AND piece.review_id = NEW.review_id
    )"""
_PARTIES = """SELECT state_under_review_id AS state FROM reviews_review WHERE id = NEW.review_id
            UNION
            SELECT row.state_party_id FROM reviews_textversion version
            JOIN reviews_agreedtext piece ON piece.id = version.agreed_text_id
            JOIN reviews_reviewingstate row ON row.review_id = piece.review_id
            JOIN reviews_reviewingstate_instruments covered
                ON covered.reviewingstate_id = row.id AND covered.instrument_id = piece.instrument_id
            WHERE version.id = NEW.version_id"""


def _not_by_all(row: str) -> str:
    """Whether the word of a State that agrees on the text is missing on a ``row`` of the version of NEW."""
    return f"""EXISTS (
        SELECT FROM ({_PARTIES}) needed
        WHERE NOT EXISTS (
            SELECT FROM reviews_clearance clearance
            WHERE clearance.document_id = {row}.id AND clearance.sha256 = {row}.sha256
                AND clearance.taken_back_at IS NULL AND clearance.state_party_id = needed.state
        )
    )"""


_NONE_INSTEAD = f"""NOT EXISTS (
        SELECT FROM observations_languageset other
        WHERE other.version_id = NEW.version_id AND other.agreed_at IS NULL AND other.replaced_at IS NULL
            AND NOT {_not_by_all("other")}
    )"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0019_merged_passages")]

    operations = [
        room_table("LanguageSet", "languages of a version", "languages of versions", [
            ("version", key("observations.textversion", "version", "language_sets", rule=CASCADE)),
            ("languages", list_of(models.CharField(max_length=10, choices=LANGUAGES), "languages")),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("proposed_by", key(USER, "proposed by")),
            ("proposed_for", key("accounts.stateparty", "proposed for")),
            ("agreed_at", models.DateTimeField("agreed at", **NULL)),
            ("replaced_at", models.DateTimeField("replaced at", **NULL)),
            ("completed_at", models.DateTimeField("completed at", **NULL)),
        ], [
            holds("language_set_lies_on_the_table", Q(room=None)),
            once("one_proposed_language_set_a_version", "version", condition=Q(agreed_at=None, replaced_at=None)),
            once(
                "one_agreed_language_set_a_version", "version",
                condition=Q(agreed_at__isnull=False, replaced_at=None),
            ),
        ], ordering=["created_at"]),
        protect(_TABLE, read=READ, write=WRITE),
        stays_as_written(_TABLE, _WRITTEN, once=["agreed_at", "replaced_at", "completed_at"]),
        refused(
            _TABLE, "of_what_stands", on="INSERT", condition=_NOT_STANDING, past_rooms=True,
            words="languages are proposed for a version that stands",
        ),
        refused(
            _TABLE, "in_own_name", on="INSERT", words=OWN_WORDS,
            condition=not_said_by("proposed_by_id", "proposed_for_id"),
        ),
        refused(
            _TABLE, "for_a_party", on="INSERT", condition=f"NEW.proposed_for_id NOT IN ({_PARTIES})", past_rooms=True,
            words="languages are proposed for a State that agrees on the text",
        ),
        refused(
            _TABLE, "by_all", on="UPDATE", when="OLD.agreed_at IS NULL AND NEW.agreed_at IS NOT NULL",
            condition=_not_by_all("NEW"), past_rooms=True, words="not every State has agreed to these languages",
        ),
        refused(
            _TABLE, "until_another", on="UPDATE",
            when="OLD.agreed_at IS NOT NULL AND OLD.replaced_at IS NULL AND NEW.replaced_at IS NOT NULL",
            condition=_NONE_INSTEAD, past_rooms=True, words="agreed languages stand until all have agreed to others",
        ),
        guarded(
            _TABLE, "begins_as_proposed", on="INSERT",
            when="NEW.agreed_at IS NOT NULL OR NEW.replaced_at IS NOT NULL OR NEW.completed_at IS NOT NULL",
            words="languages are proposed before they are agreed",
        ),
        refused(
            _TABLE, "by_a_speaker", on="UPDATE", when=changed(("agreed_at", "replaced_at", "completed_at")),
            condition=f"{FOR_PAGES} AND NOT (acting_speaker(OLD.review_id) OR {ANY_OFFICER})",
            words="what becomes of the languages of a version is said by a focal point",
        ),
    ]  # fmt: skip
