"""The second wall: the database answers with what the acting person may read, whatever the query (docs/adr/0014)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.row_security import also_readable, protect, protect_part

# Everybody's own key; nobody's where a task acts, or nobody was named.
_PERSON = """
CREATE FUNCTION acting_person() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE actor text := current_setting('app.actor', true);
BEGIN
    RETURN CASE WHEN actor IN ('', 'system') THEN NULL ELSE actor::uuid END;
END $$;
"""

# In plpgsql, whose plans a connection keeps: inside the statement they would be planned with every one anew.
# A place is a room, or a review for its shared table.
_PLACES = """
CREATE FUNCTION acting_places(purpose text) RETURNS TABLE (review_id uuid, place uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 4 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT part.review_id, one.place
        FROM reviews_participation part
        CROSS JOIN LATERAL (VALUES (part.review_id), (part.state_party_id)) one (place)
        WHERE part.user_id = person AND part.ended_at IS NULL AND part.role <> 'national_contributor';
    IF purpose = 'answers' THEN
        RETURN QUERY
            SELECT part.review_id, part.state_party_id
            FROM reviews_participation part
            WHERE part.user_id = person AND part.ended_at IS NULL AND part.role = 'national_contributor';
    ELSIF purpose = 'read' THEN
        RETURN QUERY
            SELECT part.review_id, other.state_party_id
            FROM reviews_participation part
            JOIN reviews_review review ON review.id = part.review_id AND review.reviewers_share_room
            JOIN reviews_reviewingstate other ON other.review_id = part.review_id
            WHERE part.user_id = person AND part.ended_at IS NULL AND part.side = 'reviewing';
    END IF;
END $$;
"""

_REVIEWS = """
CREATE FUNCTION acting_reviews() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY SELECT part.review_id FROM reviews_participation part
            WHERE part.user_id = person AND part.ended_at IS NULL;
    END IF;
END $$;
"""

_STATES = """
CREATE FUNCTION acting_states() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY SELECT part.state_party_id FROM reviews_participation part
            WHERE part.user_id = person AND part.ended_at IS NULL AND part.role <> 'national_contributor'
            UNION SELECT affiliation.state_party_id FROM accounts_affiliation affiliation
            WHERE affiliation.user_id = person
                AND current_date BETWEEN affiliation.starts_on AND COALESCE(affiliation.ends_on, 'infinity');
    END IF;
END $$;
"""

_SECRETARIAT = """
CREATE FUNCTION acting_secretariat(roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE person uuid := acting_person();
BEGIN
    RETURN person IS NOT NULL AND EXISTS (
        SELECT FROM accounts_user WHERE id = person AND is_active AND secretariat_role = ANY (roles)
    );
END $$;
"""

OFFICER = "(SELECT acting_secretariat('{officer,administrator}'))"
EVERY_SECRETARIAT_ROLE = "(SELECT acting_secretariat('{officer,administrator,auditor}'))"


def at(purpose: str) -> str:
    """The row lies in the person's room or on a table at which he or she sits; officers sit at every table."""
    places = f"SELECT * FROM acting_places('{purpose}')"  # noqa: S608 - a word of ours
    return f"(review_id, COALESCE(room_id, review_id)) IN ({places}) OR (room_id IS NULL AND {OFFICER})"


READ, WRITE = at("read"), at("write")
OWN_ROOM = "(review_id, state_party_id) IN (SELECT * FROM acting_places('write'))"
SEES_REVIEW = f"(review_id IN (SELECT acting_reviews()) OR {EVERY_SECRETARIAT_ROLE})"
OF_STATE = f"(state_party_id IN (SELECT acting_states()) OR {OFFICER})"
PLACED = (
    "reviews_writtenfeedback",
    "reviews_clarificationrequest",
    "reviews_clarificationanswer",
    "reviews_supplementaryinformation",
    "reviews_dialoguemeeting",
    "reviews_agreedtext",
    "reviews_observation",
)
PARTS = (
    ("reviews_feedbackcomment", "reviews_writtenfeedback", "feedback_id"),
    ("reviews_dialoguemeeting_participants", "reviews_dialoguemeeting", "dialoguemeeting_id"),
    ("reviews_observation_articles", "reviews_observation", "observation_id"),
    ("reviews_summarypassage", "reviews_agreedtext", "agreed_text_id"),
    ("reviews_textversion", "reviews_agreedtext", "agreed_text_id"),
)
# Their parents are parts themselves, and answer for them.
PARTS_OF_PARTS = (
    ("reviews_summarypassage_articles", "reviews_summarypassage", "summarypassage_id"),
    ("reviews_summarypassage_observations", "reviews_summarypassage", "summarypassage_id"),
    ("reviews_objection", "reviews_textversion", "version_id"),
)
# What was written before the observation was laid on the table stays with the State that drafted it.
REVISION = f"({READ}) AND ({OWN_ROOM} OR number >= COALESCE(parent.tabled_revision, parent.revision))"
PUBLIC_TEXT = """EXISTS (
    SELECT FROM reviews_publication WHERE agreed_text_id = reviews_agreedtext.id AND ended_at IS NULL
)"""
PUBLIC_VERSION = """EXISTS (
    SELECT FROM reviews_publication WHERE version_id = reviews_textversion.id AND ended_at IS NULL
)"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people_and_rules"), ("reviews", "0004_nominations")]

    operations = [
        RunSQL(_PERSON, "DROP FUNCTION acting_person()"),
        RunSQL(_PLACES, "DROP FUNCTION acting_places(text)"),
        RunSQL(_REVIEWS, "DROP FUNCTION acting_reviews()"),
        RunSQL(_STATES, "DROP FUNCTION acting_states()"),
        RunSQL(_SECRETARIAT, "DROP FUNCTION acting_secretariat(text[])"),
        *[protect(table, read=READ, write=WRITE) for table in PLACED],
        *[protect_part(table, parent=parent, key=key, read=READ, write=WRITE) for table, parent, key in PARTS],
        *[
            protect_part(table, parent=parent, key=key, read="true", write="true")
            for table, parent, key in PARTS_OF_PARTS
        ],
        protect_part(
            "reviews_observationrevision",
            parent="reviews_observation",
            key="observation_id",
            read=REVISION,
            write=WRITE,
        ),
        also_readable("reviews_agreedtext", "published", PUBLIC_TEXT),
        also_readable("reviews_textversion", "published", PUBLIC_VERSION),
        protect(
            "reviews_versionreading",
            read="user_id = (SELECT acting_person())",
            write="user_id = (SELECT acting_person())",
        ),
        protect("reviews_consultationproposal", read=SEES_REVIEW, write=SEES_REVIEW),
        protect_part(
            "reviews_consultationconfirmation",
            parent="reviews_consultationproposal",
            key="proposal_id",
            read=SEES_REVIEW,
            write=SEES_REVIEW,
        ),
        protect("reviews_noteverbale", read=OF_STATE, write=OF_STATE),
        protect_part("reviews_nomination", parent="reviews_noteverbale", key="note_id", read=OF_STATE, write=OF_STATE),
    ]
