"""Who acts, and where he or she may be: what the policies of all tables ask (docs/adr/0014 and 0022).

In plpgsql, whose plans a connection keeps: inside the statement they would be planned with every one anew. What
guardian answers follows from who takes part, and from nothing else (docs/adr/0037).
"""

from django.db import migrations

from core.database.reversible import made

_ASKED = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
# What each role gives: ``ROLE_GRANTS`` in ``reviews/capacities/capacities.py``; a test compares them. The view is asked
# as the role that runs the statement, so that row-level security of participations holds.
_GIVES = {
    ("under_review", "focal_point"): ("view", "read", "draft", "clear"),
    ("under_review", "governmental_expert"): ("view", "read", "draft"),
    ("under_review", "national_contributor"): ("view", "contribute"),
    ("under_review", "observer"): ("view", "read"),
    ("reviewing", "focal_point"): ("view", "read", "draft", "clear"),
    ("reviewing", "governmental_expert"): ("view", "read", "draft"),
    ("reviewing", "observer"): ("view", "read"),
}
_ROWS = ", ".join(f"('{side}', '{role}', '{act}_review')" for (side, role), acts in _GIVES.items() for act in acts)
_FUNCTIONS = f"""
-- Everybody's own key; nobody's where a task acts, or nobody has proven who it is.
CREATE FUNCTION acting_person() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN NULLIF(split_part(core_proven(), '|', 1), '')::uuid;
END $$;
-- A place is a room, or a review for its shared table.
CREATE FUNCTION acting_places(purpose text) RETURNS TABLE (review_id uuid, place uuid) {_ASKED} ROWS 4 AS $$
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
CREATE FUNCTION acting_reviews() RETURNS SETOF uuid {_ASKED} ROWS 2 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY SELECT part.review_id FROM reviews_participation part
            WHERE part.user_id = person AND part.ended_at IS NULL;
    END IF;
END $$;
-- Somebody belongs to a State as the policy has it: while the affiliation has no end.
CREATE FUNCTION acting_states() RETURNS SETOF uuid {_ASKED} ROWS 2 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY SELECT part.state_party_id FROM reviews_participation part
            WHERE part.user_id = person AND part.ended_at IS NULL AND part.role <> 'national_contributor'
            UNION SELECT affiliation.state_party_id FROM accounts_affiliation affiliation
            WHERE affiliation.user_id = person AND affiliation.ends_on IS NULL;
    END IF;
END $$;
CREATE FUNCTION acting_secretariat(roles text[]) RETURNS boolean {_ASKED} AS $$
DECLARE person uuid := acting_person();
BEGIN
    RETURN person IS NOT NULL AND EXISTS (
        SELECT FROM accounts_user WHERE id = person AND is_active AND secretariat_role = ANY (roles)
    );
END $$;
CREATE FUNCTION acting_focal_point(review uuid, state uuid) RETURNS boolean {_ASKED} AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.user_id = acting_person() AND part.ended_at IS NULL AND part.role = 'focal_point'
            AND part.review_id = review AND part.state_party_id = state
    );
END $$;
CREATE FUNCTION acting_speaks_for(state uuid) RETURNS boolean {_ASKED} AS $$
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
-- The consultations in which who acts takes part, for which State: as focal point or expert of it, or for none as the
-- officer who was invited; and whether it is open. Asked past row-level security, by which nobody else finds any.
CREATE FUNCTION acting_concerns() RETURNS TABLE (concern uuid, side uuid, is_open boolean) {_ASKED} ROWS 2 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY
            SELECT own.id, part.state_party_id, own.closed_at IS NULL FROM reviews_concern own
            JOIN reviews_participation part ON part.review_id = own.review_id
            WHERE part.user_id = person AND part.ended_at IS NULL
                AND (part.role = 'focal_point' OR part.role = 'governmental_expert')
                AND (part.state_party_id = own.state_party_id OR EXISTS (
                    SELECT FROM reviews_concernstate state
                    WHERE state.concern_id = own.id AND state.state_party_id = part.state_party_id
                ))
            UNION SELECT own.id, NULL::uuid, own.closed_at IS NULL FROM reviews_concern own
            JOIN accounts_user account ON account.id = own.officer_id
            WHERE own.officer_id = person AND account.is_active
                AND (account.secretariat_role = 'officer' OR account.secretariat_role = 'administrator');
    END IF;
END $$;
-- What the pages' role records was done by the person it serves, under the name of the account and for a State of it:
-- also for one that is over, since whose participation ends by an act has acted for that State. ``at`` is told by the
-- program: only its clock knows when the act was, and the entry stands in its place in the chain.
CREATE FUNCTION core_audit_proof() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
AS $record$
BEGIN
    IF NOT core_role_serves('plain') OR core_on_errand('system') THEN
        RETURN NEW;
    END IF;
    IF NEW.actor_id IS NULL OR NEW.actor_id::text <> split_part(core_proven(), '|', 1) THEN
        RAISE EXCEPTION 'The record of acts takes the person who acts from the proof, and no other';
    END IF;
    IF NOT EXISTS (SELECT FROM accounts_user WHERE id = NEW.actor_id AND left(full_name, 200) = NEW.actor_label) THEN
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
CREATE VIEW reviews_reviewusergrant WITH (security_invoker = true) AS
SELECT hashtextextended(part.id::text || gives.codename, 0) AS id,
    part.user_id, permission.id AS permission_id, part.review_id AS content_object_id
FROM reviews_participation part
JOIN (VALUES {_ROWS}) AS gives (side, role, codename) ON gives.side = part.side AND gives.role = part.role
JOIN django_content_type kind ON kind.app_label = 'reviews' AND kind.model = 'review'
JOIN auth_permission permission ON permission.content_type_id = kind.id AND permission.codename = gives.codename
WHERE part.ended_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("accounts", "0002_walls")]

    operations = [made(_FUNCTIONS)]
