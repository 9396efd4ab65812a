"""What is public is so by the word of the State under review, and for no longer than that holds (docs/adr/0022)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.guards import kept_from_pages, stays_as_written, stays_once_set
from core.database.row_security import ME, THE_SYSTEM, close, written_as

_SPEAKERS = """
CREATE FUNCTION acting_publishes(text uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_agreedtext piece
        JOIN reviews_review review ON review.id = piece.review_id
        JOIN reviews_participation part
            ON part.review_id = review.id AND part.state_party_id = review.state_under_review_id
        WHERE piece.id = text AND part.user_id = acting_person() AND part.ended_at IS NULL
            AND part.role = 'focal_point'
    );
END $$;
CREATE FUNCTION acting_speaks_for(state uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE person uuid := acting_person();
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.user_id = person AND part.ended_at IS NULL AND part.role = 'focal_point'
            AND part.state_party_id = state
    ) OR EXISTS (
        SELECT FROM accounts_affiliation affiliation
        WHERE affiliation.user_id = person AND affiliation.is_permanent_mission AND affiliation.state_party_id = state
            AND current_date BETWEEN affiliation.starts_on AND COALESCE(affiliation.ends_on, 'infinity')
    );
END $$;
"""
_AWAY = "DROP FUNCTION acting_speaks_for(uuid); DROP FUNCTION acting_publishes(uuid)"
_AGREED = """
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
    IF (core_role_serves('plain') OR core_role_serves('door')) AND NOT core_on_errand('system')
        AND NEW.published_by_id IS DISTINCT FROM acting_person()
    THEN
        RAISE EXCEPTION 'who speaks for its State makes an agreed version public';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER published_by BEFORE INSERT ON reviews_publication
    FOR EACH ROW EXECUTE FUNCTION reviews_publication_by();
"""
_AGREED_AWAY = """
DROP TRIGGER published_by ON reviews_publication;
DROP FUNCTION reviews_publication_by();
DROP TRIGGER agreed ON reviews_publication;
DROP FUNCTION reviews_publication_agreed();
"""
_FILES = """
    TG_OP = 'INSERT' AND (NEW.pdf <> '' OR NEW.docx <> '')
    OR TG_OP = 'UPDATE' AND (NEW.pdf <> OLD.pdf OR NEW.docx <> OLD.docx)
"""
_CONSENTS = (
    f"acting_speaks_for(state_party_id) AND given_by_id = {ME} OR {THE_SYSTEM}",
    f"acting_speaks_for(state_party_id) AND (ended_by_id IS NULL OR ended_by_id = {ME}) OR {THE_SYSTEM}",
    f"acting_speaks_for(state_party_id) OR {THE_SYSTEM}",
)
_PUBLISHES = f"acting_publishes(agreed_text_id) OR {THE_SYSTEM}"
_STEWARD = f"(SELECT acting_role() = 'administrator') OR {THE_SYSTEM}"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0029_own_clearances")]

    operations = [
        RunSQL(_SPEAKERS, _AWAY),
        close("reviews_publication", read="true", write=_PUBLISHES),
        RunSQL(_AGREED, _AGREED_AWAY),
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
        close("reviews_statusconsent", read="true", write=_CONSENTS[2]),
        written_as("reviews_statusconsent", added=_CONSENTS[0], becoming=_CONSENTS[1], was=_CONSENTS[2]),
        stays_as_written("reviews_statusconsent", ("mechanism_id", "state_party_id", "given_by_id", "given_at")),
        stays_once_set("reviews_statusconsent", "ended_at"),
        stays_once_set("reviews_statusconsent", "ended_by_id"),
        close("reviews_publicstatus", read="true", write=_STEWARD),
    ]
