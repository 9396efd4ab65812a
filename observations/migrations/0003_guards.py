"""What States have agreed on stays, and is so by the word of all; what is public is so by the word of one (docs/adr/0022)."""

from django.db import migrations

from core.database.guards import (
    FOR_PAGES,
    append_only,
    frozen,
    frozen_by,
    keeps,
    kept_from_pages,
    stays_as_written,
    stays_once_set,
)  # fmt: skip
from core.database.reversible import made

# How a text is shown is made anew where the key of the seal has changed (core.language.rendering).
_SHOWN = "ARRAY['text_html', 'updated_at']"
_CHANGED = f"to_jsonb(NEW) - {_SHOWN} IS DISTINCT FROM to_jsonb(OLD) - {_SHOWN}"
_AGREED = "EXISTS (SELECT FROM reviews_agreedtext WHERE status = 'agreed' AND id IN ({texts}))"
_OF_TEXT = _AGREED.format(texts="OLD.agreed_text_id, NEW.agreed_text_id")
# What lies in a room is no part of the list: it may still be changed and thrown away there.
_TABLED = "(OLD.tabled_revision IS NOT NULL OR NEW.tabled_revision IS NOT NULL)"
_OF_OBSERVATION = _AGREED.format(
    texts="SELECT agreed_text_id FROM reviews_observation"
    " WHERE tabled_revision IS NOT NULL AND id IN (OLD.observation_id, NEW.observation_id)"
)
_OF_PASSAGE = _AGREED.format(
    texts="SELECT agreed_text_id FROM reviews_summarypassage WHERE id IN (OLD.summarypassage_id, NEW.summarypassage_id)"
)
_ANY = "INSERT OR UPDATE OR DELETE"
_WORDS = "a text on which the States have agreed is frozen"
# A text is agreed on when each State that covers it has cleared the version that stands.
_AGREED_BY_ALL = """
CREATE FUNCTION reviews_agreed_by_all() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
        )
    ) THEN
        RAISE EXCEPTION 'not every State has cleared the version that stands';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreed BEFORE INSERT OR UPDATE ON reviews_agreedtext FOR EACH ROW
    WHEN (NEW.status = 'agreed') EXECUTE FUNCTION reviews_agreed_by_all();
"""
_PUBLISHED = f"""
CREATE FUNCTION reviews_publication_agreed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM reviews_textversion version JOIN reviews_agreedtext piece ON piece.id = version.agreed_text_id
        WHERE version.id = NEW.version_id AND piece.id = NEW.agreed_text_id AND version.cancelled_at IS NULL
            AND piece.status = 'agreed'
    ) THEN
        RAISE EXCEPTION 'who speaks for its State makes an agreed version public';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreed BEFORE INSERT ON reviews_publication
    FOR EACH ROW EXECUTE FUNCTION reviews_publication_agreed();
CREATE FUNCTION reviews_publication_by() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {FOR_PAGES} AND NEW.published_by_id IS DISTINCT FROM acting_person() THEN
        RAISE EXCEPTION 'who speaks for its State makes an agreed version public';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER published_by BEFORE INSERT ON reviews_publication
    FOR EACH ROW EXECUTE FUNCTION reviews_publication_by();
"""
_FILES = """
    TG_OP = 'INSERT' AND (NEW.pdf <> '' OR NEW.docx <> '')
    OR TG_OP = 'UPDATE' AND (NEW.pdf <> OLD.pdf OR NEW.docx <> OLD.docx)
"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0002_rooms")]

    operations = [
        append_only("reviews_objection"),
        append_only("reviews_observationrevision"),
        keeps(
            "reviews_textversion",
            ("agreed_text_id", "number", "document", "sha256", "words", "proposed_by_id", "proposed_for_id"),
        ),
        stays_once_set("reviews_textversion", "cancelled_at"),
        frozen("reviews_agreedtext", when="OLD.status = 'agreed'"),
        frozen_by(
            "reviews_observation", operations=_ANY, condition=f"{_TABLED} AND {_CHANGED} AND {_OF_TEXT}", words=_WORDS
        ),
        frozen_by("reviews_observation_articles", operations=_ANY, condition=_OF_OBSERVATION, words=_WORDS),
        frozen_by("reviews_summarypassage", operations=_ANY, condition=f"{_CHANGED} AND {_OF_TEXT}", words=_WORDS),
        frozen_by("reviews_summarypassage_articles", operations=_ANY, condition=_OF_PASSAGE, words=_WORDS),
        frozen_by("reviews_summarypassage_observations", operations=_ANY, condition=_OF_PASSAGE, words=_WORDS),
        made(_AGREED_BY_ALL),
        made(_PUBLISHED),
        kept_from_pages(
            "reviews_publication",
            operations="INSERT OR UPDATE",
            condition=_FILES,
            words="the files of a publication are made by workers",
        ),
        stays_as_written(
            "reviews_publication", ("agreed_text_id", "version_id", "names_experts", "published_by_id", "published_at")
        ),
        stays_once_set("reviews_publication", "ended_at"),
    ]
