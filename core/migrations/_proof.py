"""The functions by which the database knows who acts (docs/adr/0022)."""

# ``single`` keeps it at one row. The owner's alone: the roles that serve get no right to it (portal.reference.table_rights).
TABLES = """
CREATE TABLE core_actingkey (single boolean PRIMARY KEY CHECK (single), inner_key bytea NOT NULL, outer_key bytea NOT NULL);
CREATE TABLE core_servingrole (name name PRIMARY KEY, purpose text NOT NULL);
"""

# Gives ``who|errand|until`` as it was said, or ``|`` where nobody said anything or could not prove it. HMAC-SHA256 by
# hand, with the key already filled up and masked. ``now()`` is when the transaction began: what holds then holds to its
# end. Hashes are compared, so that the time it takes tells nothing of the right one.
PROVEN = """
CREATE FUNCTION core_proven() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $proven$
DECLARE
    token text := current_setting('app.actor', true);
    said text := left(token, -65);
    is_ours boolean;
BEGIN
    IF said IS NULL OR said = '' THEN
        RETURN '|';
    END IF;
    SELECT sha256(convert_to(right(token, 64), 'UTF8')) = sha256(convert_to(
            encode(sha256(outer_key || sha256(inner_key || convert_to(said, 'UTF8'))), 'hex'), 'UTF8'
        )) INTO is_ours FROM public.core_actingkey;
    IF is_ours AND to_timestamp(split_part(said, '|', 3)::bigint) >= now() THEN
        RETURN said;
    END IF;
    RETURN '|';
END $proven$;
"""

# What a role is for. Not SECURITY DEFINER: it asks for the role that runs the statement.
PURPOSE = """
CREATE FUNCTION core_role_serves(wanted text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
AS $purpose$
BEGIN
    RETURN EXISTS (SELECT FROM core_servingrole WHERE name = current_user AND purpose = wanted);
END $purpose$;
"""

# The system is a role of its own. Only where the operator made none may it be said, with proof.
ERRAND = """
CREATE FUNCTION core_on_errand(wanted text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
AS $errand$
DECLARE
    errand text := split_part(core_proven(), '|', 2);
BEGIN
    RETURN errand <> '' AND (
        errand = wanted
        OR errand = 'open' AND wanted = 'look'
        OR errand = 'system' AND NOT EXISTS (SELECT FROM core_servingrole WHERE purpose = 'system')
    );
END $errand$;
"""

# What the pages' role records was done by the person it serves.
RECORD = """
CREATE FUNCTION core_audit_proof() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
AS $record$
BEGIN
    IF NOT core_role_serves('plain') OR core_on_errand('system')
        OR NEW.actor_id::text = split_part(core_proven(), '|', 1)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The record of acts takes the person who acts from the proof, and no other';
END $record$;
CREATE TRIGGER core_audit_proof BEFORE INSERT ON core_auditentry FOR EACH ROW EXECUTE FUNCTION core_audit_proof();
"""

REMOVAL = """
DROP TRIGGER core_audit_proof ON core_auditentry;
DROP FUNCTION core_audit_proof();
DROP FUNCTION core_on_errand(text);
DROP FUNCTION core_role_serves(text);
DROP FUNCTION core_proven();
DROP TABLE core_servingrole;
DROP TABLE core_actingkey;
"""

# Since there may be a role of the door, a proof of it is none where the operator made one.
PROVEN_BUT_AT_THE_DOOR = PROVEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    ">= now() THEN",
    """>= now() AND NOT (
        split_part(said, '|', 2) = 'door' AND EXISTS (SELECT FROM public.core_servingrole WHERE purpose = 'door')
    ) THEN""",
)
