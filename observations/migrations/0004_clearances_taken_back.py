"""A text is agreed on clearances that stand, and one of them is taken back before that alone (docs/adr/0077)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.guards import refused

_AGREED = """CREATE OR REPLACE FUNCTION reviews_agreed_by_all() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $refused$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT state_under_review_id AS state FROM reviews_review WHERE id = NEW.review_id
            UNION
            SELECT row.state_party_id FROM reviews_reviewingstate row
            JOIN reviews_reviewingstate_instruments covered ON covered.reviewingstate_id = row.id
            WHERE row.review_id = NEW.review_id AND covered.instrument_id = NEW.instrument_id
        ) needed
        WHERE NOT EXISTS (
            SELECT FROM reviews_textversion version
            JOIN reviews_clearance clearance ON clearance.document_id = NEW.id
                AND clearance.version = version.number AND clearance.sha256 = version.sha256{stands}
            WHERE version.agreed_text_id = NEW.id AND version.cancelled_at IS NULL
                AND clearance.state_party_id = needed.state
        ) AND NOT EXISTS (
            SELECT FROM reviews_textversion version
            JOIN reviews_broughtpiece mark ON mark.id = version.brought_piece_id
            JOIN reviews_broughtpiece piece ON piece.file_id = mark.file_id
            WHERE version.agreed_text_id = NEW.id AND version.cancelled_at IS NULL
                AND piece.state_party_id = needed.state
        )
    ) THEN
        RAISE EXCEPTION 'not every State has cleared the version that stands';
    END IF;
    RETURN NEW;
END $refused$;
"""
_STANDS = "\n                AND clearance.taken_back_at IS NULL"
# The lock keeps out whoever is about to agree: that is either waited for, or finds the clearance gone.
_IS_OPEN = """EXISTS (
        SELECT FROM reviews_agreedtext piece JOIN reviews_textversion version ON version.agreed_text_id = piece.id
        WHERE piece.id = OLD.document_id AND piece.status = 'proposed'
            AND version.number = OLD.version AND version.cancelled_at IS NULL
        FOR SHARE OF piece
    )"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0003_watched_words"), ("reviews", "0004_clearances_taken_back")]

    operations = [
        RunSQL(_AGREED.format(stands=_STANDS), _AGREED.format(stands="")),
        refused(
            "reviews_clearance", "until_agreed", on="UPDATE", past_rooms=True, condition=f"NOT {_IS_OPEN}",
            words="a clearance is taken back as long as the States are asked about the text",
        ),
    ]  # fmt: skip
