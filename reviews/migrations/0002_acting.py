"""Who acts, and where he or she may be: what the policies of all tables ask (docs/adr/0014 and 0022).

In plpgsql, whose plans a connection keeps: inside the statement they would be planned with every one anew.
"""

from django.db import migrations

from core.database.reversible import made

# Everybody's own key; nobody's where a task acts, or nobody has proven who it is.
_PERSON = """
CREATE FUNCTION acting_person() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN NULLIF(split_part(core_proven(), '|', 1), '')::uuid;
END $$;
"""

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

# Somebody belongs to a State as the policy has it: while the affiliation has no end.
_STATES = """
CREATE FUNCTION acting_states() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY SELECT part.state_party_id FROM reviews_participation part
            WHERE part.user_id = person AND part.ended_at IS NULL AND part.role <> 'national_contributor'
            UNION SELECT affiliation.state_party_id FROM accounts_affiliation affiliation
            WHERE affiliation.user_id = person AND affiliation.ends_on IS NULL;
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

_FOCAL_POINT = """
CREATE FUNCTION acting_focal_point(review uuid, state uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.user_id = acting_person() AND part.ended_at IS NULL AND part.role = 'focal_point'
            AND part.review_id = review AND part.state_party_id = state
    );
END $$;
"""

_SPEAKER = """
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

# What the pages' role records was done by the person it serves, under the name of the account and for a State of it: also
# for one that is over, since whose participation ends by an act has acted for that State. ``at`` is told by the program:
# only its clock knows when the act was, and the entry stands in its place in the chain.
_RECORD = """
CREATE FUNCTION core_audit_proof() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
AS $record$
BEGIN
    IF NOT core_role_serves('plain') OR core_on_errand('system') THEN
        RETURN NEW;
    END IF;
    IF NEW.actor_id IS NULL OR NEW.actor_id::text <> split_part(core_proven(), '|', 1) THEN
        RAISE EXCEPTION 'The record of acts takes the person who acts from the proof, and no other';
    END IF;
    IF NOT EXISTS (
        SELECT FROM accounts_user WHERE id = NEW.actor_id AND left(full_name, 200) = NEW.actor_label
    ) THEN
        RAISE EXCEPTION 'The record of acts takes the name of who acts from the account, and no other';
    END IF;
    IF NEW.acting_state <> '' AND NOT EXISTS (
        SELECT FROM accounts_stateparty state WHERE state.iso3 = NEW.acting_state AND (
            EXISTS (
                SELECT FROM reviews_participation part
                WHERE part.user_id = NEW.actor_id AND part.state_party_id = state.id
            ) OR EXISTS (
                SELECT FROM accounts_affiliation affiliation
                WHERE affiliation.user_id = NEW.actor_id AND affiliation.state_party_id = state.id
            )
        )
    ) THEN
        RAISE EXCEPTION 'The record of acts takes a State for which the person who acts takes part, and no other';
    END IF;
    RETURN NEW;
END $record$;
CREATE TRIGGER core_audit_proof BEFORE INSERT ON core_auditentry FOR EACH ROW EXECUTE FUNCTION core_audit_proof();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("accounts", "0002_walls")]

    operations = [
        made(statements)
        for statements in (_PERSON, _PLACES, _REVIEWS, _STATES, _SECRETARIAT, _FOCAL_POINT, _SPEAKER, _RECORD)
    ]
