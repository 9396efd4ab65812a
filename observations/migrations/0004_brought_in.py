"""Texts that were agreed elsewhere are brought in, and nobody has cleared them here (docs/adr/0050)."""

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations import RunSQL
from django.db.models import PROTECT, CheckConstraint, ForeignKey, OneToOneField, Q

from core.database.guards import also_keeps, kept_from_pages
from core.database.reversible import made

_PIECE, _STATE = "reviews.broughtpiece", "accounts.stateparty"
_NONE = {"null": True, "blank": True, "related_name": "+"}
_MARKED = {"null": True, "related_name": "text_version", "verbose_name": "brought in as"}
_PROPOSED = CheckConstraint(
    name="proposed_here_or_brought_in",
    condition=Q(proposed_by__isnull=False, proposed_for__isnull=False, brought_piece=None)
    | Q(proposed_by=None, proposed_for=None, brought_piece__isnull=False),
)
_DRAFTED = CheckConstraint(
    name="drafted_here_or_brought_in",
    condition=Q(state_party__isnull=False, brought_piece=None)
    | Q(state_party=None, brought_piece__isnull=False, room=None),
)
_FUNCTION = "RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
# Each State has cleared the version that stands; or it was brought in, and each is asked for its word on it.
_AGREED = """
CREATE OR REPLACE FUNCTION reviews_agreed_by_all() {function} AS $$
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
                AND clearance.version = version.number AND clearance.sha256 = version.sha256
            WHERE version.agreed_text_id = NEW.id AND version.cancelled_at IS NULL
                AND clearance.state_party_id = needed.state
        ){or_brought}
    ) THEN
        RAISE EXCEPTION 'not every State has cleared the version that stands';
    END IF;
    RETURN NEW;
END $$;
"""
_OR_BROUGHT = """ AND NOT EXISTS (
            SELECT FROM reviews_textversion version
            JOIN reviews_broughtpiece mark ON mark.id = version.brought_piece_id
            JOIN reviews_broughtpiece piece ON piece.file_id = mark.file_id
            WHERE version.agreed_text_id = NEW.id AND version.cancelled_at IS NULL
                AND piece.state_party_id = needed.state
        )"""
_OBJECTED = """EXISTS (
        SELECT FROM reviews_textversion version
        JOIN reviews_broughtpiece mark ON mark.id = version.brought_piece_id
        JOIN reviews_broughtpiece piece ON piece.file_id = mark.file_id
        WHERE version.agreed_text_id = {text} AND version.cancelled_at IS NULL AND piece.word = 'objected'
    )"""
_FROZEN_BEFORE = """
DROP TRIGGER frozen ON reviews_agreedtext;
DROP FUNCTION IF EXISTS reviews_agreedtext_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON reviews_agreedtext FOR EACH ROW WHEN (OLD.status = 'agreed')
    EXECUTE FUNCTION core_refuse();
"""
# What was brought in gives way to what is brought in after a State has objected, and to nothing else.
_FROZEN = f"""
DROP TRIGGER frozen ON reviews_agreedtext;
CREATE FUNCTION reviews_agreedtext_frozen() {_FUNCTION} AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.status <> 'drafting' OR NOT {_OBJECTED.format(text="OLD.id")}
        OR EXISTS (SELECT FROM reviews_publication WHERE agreed_text_id = OLD.id AND ended_at IS NULL)
    THEN
        RAISE EXCEPTION 'reviews_agreedtext: a text on which the States have agreed is frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON reviews_agreedtext FOR EACH ROW WHEN (OLD.status = 'agreed')
    EXECUTE FUNCTION reviews_agreedtext_frozen();
"""
_PUBLISHED = f"""
CREATE FUNCTION reviews_publication_objected() {_FUNCTION} AS $$
BEGIN
    IF {_OBJECTED.format(text="NEW.agreed_text_id")} THEN
        RAISE EXCEPTION 'a State objects to this text, which was brought in';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER objected BEFORE INSERT ON reviews_publication
    FOR EACH ROW EXECUTE FUNCTION reviews_publication_objected();
"""
_BY_A_WORKER = "a worker alone marks what was brought in"


class Migration(migrations.Migration):
    dependencies = [("observations", "0003_guards"), ("reviews", "0013_texts_brought_in")]

    operations = [
        migrations.AlterField(
            "textversion",
            "proposed_by",
            ForeignKey(settings.AUTH_USER_MODEL, PROTECT, null=True, related_name="+", verbose_name="proposed by"),
        ),
        migrations.AlterField(
            "textversion",
            "proposed_for",
            ForeignKey(_STATE, PROTECT, null=True, related_name="+", verbose_name="proposed for"),
        ),
        migrations.AddField("textversion", "brought_piece", OneToOneField(_PIECE, PROTECT, **_MARKED)),
        migrations.AddConstraint("textversion", _PROPOSED),
        migrations.AlterField(
            "observation", "state_party", ForeignKey(_STATE, PROTECT, **_NONE, verbose_name="drafted by")
        ),
        migrations.AddField(
            "observation", "brought_piece", ForeignKey(_PIECE, PROTECT, **_NONE, verbose_name="brought in as")
        ),
        migrations.AddConstraint("observation", _DRAFTED),
        also_keeps("reviews_textversion", ["brought_piece_id"]),
        *[
            kept_from_pages(
                f"reviews_{table}",
                operations="INSERT OR UPDATE",
                condition="NEW.brought_piece_id IS DISTINCT FROM OLD.brought_piece_id",
                words=_BY_A_WORKER,
            )
            for table in ("textversion", "observation")
        ],
        kept_from_pages(
            "reviews_agreedtext", operations="UPDATE", condition="OLD.status = 'agreed'", words=_BY_A_WORKER
        ),
        RunSQL(
            _AGREED.format(function=_FUNCTION, or_brought=_OR_BROUGHT),
            _AGREED.format(function=_FUNCTION, or_brought=""),
        ),
        RunSQL(_FROZEN, _FROZEN_BEFORE),
        made(_PUBLISHED),
    ]
