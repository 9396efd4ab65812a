"""How the database knows who acts (docs/adr/0022 and 0033), what it does with the record of acts, and whose rows are.

The record is guarded, chained (docs/adr/0013) and under roots (0023). No setting of a session switches triggers off.
"""

from django.db import migrations

from core.database.guards import append_only, keeps_once_set, kept_from_pages, stays_as_written
from core.database.reversible import made
from core.database.row_security import LOOKING, ME, SOMEBODY, THE_SYSTEM, close

_PROOF = """
-- ``single`` keeps it at one row. The owner's alone: the roles that serve get no right to it
-- (portal.reference.table_rights).
CREATE TABLE core_actingkey (
    single boolean PRIMARY KEY CHECK (single), inner_key bytea NOT NULL, outer_key bytea NOT NULL
);
CREATE TABLE core_servingrole (name name PRIMARY KEY, purpose text NOT NULL);
-- Gives ``who|errand|until`` as it was said, or ``|`` where nobody said anything or could not prove it. HMAC-SHA256 by
-- hand, with the key already filled up and masked. ``now()`` is when the transaction began: what holds then holds to
-- its end. Hashes are compared, so that the time it takes tells nothing of the right one. A proof of the door is none
-- where the operator made a role for it (docs/adr/0033).
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
    IF is_ours AND to_timestamp(split_part(said, '|', 3)::bigint) >= now() AND NOT (
        split_part(said, '|', 2) = 'door' AND EXISTS (SELECT FROM public.core_servingrole WHERE purpose = 'door')
    ) THEN
        RETURN said;
    END IF;
    RETURN '|';
END $proven$;
-- What a role is for. Not SECURITY DEFINER: it asks for the role that runs the statement.
CREATE FUNCTION core_role_serves(wanted text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
AS $purpose$
BEGIN
    RETURN EXISTS (SELECT FROM core_servingrole WHERE name = current_user AND purpose = wanted);
END $purpose$;
-- The system is a role of its own. Only where the operator made none may it be said, with proof.
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
-- For the triggers of all tables. ``TG_ARGV[0]``: what to say, where "Cannot update rows of …" says too little.
CREATE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '%', COALESCE(TG_ARGV[0], format('Cannot %s rows of %s', lower(TG_OP), TG_TABLE_NAME));
END $$;
"""
_RECORD = r"""
-- Nothing is changed or taken out. The one exception: the trigger below gives an entry its place, once. What a program
-- inserts has none. (A trigger that is fired by a trigger is at depth 2.)
CREATE FUNCTION core_audit_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.sequence IS NOT NULL OR NEW.hash <> '' OR NEW.previous_hash <> '' THEN
            RAISE EXCEPTION 'The database gives entries of % their place', TG_TABLE_NAME;
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.sequence IS NULL AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Cannot update or delete rows of %', TG_TABLE_NAME;
END
$guard$;
CREATE TRIGGER core_audit_guard BEFORE INSERT OR UPDATE OR DELETE ON core_auditentry
    FOR EACH ROW EXECUTE FUNCTION core_audit_guard();
-- Runs when a transaction commits. Entries without a place are its own: nobody else sees them, and others commit none.
-- The first run locks all their chains, always in the order of the keys, so that no two transactions can wait for each
-- other, and chains them all; the following runs find nothing left. The locks end with the commit. Each statement sees
-- what was committed before the lock was given. Only this function may change an entry, as the owner of the table.
CREATE FUNCTION core_audit_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $chain$
DECLARE
    entry record;
    place bigint;
    previous text;
BEGIN
    PERFORM 1 FROM core_auditentry WHERE id = NEW.id AND sequence IS NULL;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR entry IN
        SELECT DISTINCT hashtext(chain) AS key FROM core_auditentry WHERE sequence IS NULL ORDER BY key
    LOOP
        PERFORM pg_advisory_xact_lock(658711, entry.key);
    END LOOP;
    FOR entry IN SELECT id, chain, content_hash FROM core_auditentry WHERE sequence IS NULL ORDER BY id LOOP
        SELECT sequence, hash INTO place, previous FROM core_auditentry
            WHERE chain = entry.chain AND sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1;
        IF NOT FOUND THEN
            place := 0;
            previous := repeat('0', 64);
        END IF;
        place := place + 1;
        UPDATE core_auditentry SET
            sequence = place,
            previous_hash = previous,
            hash = encode(sha256(convert_to(
                previous || E'\n' || entry.content_hash || E'\n' || entry.chain || E'\n' || place, 'UTF8'
            )), 'hex')
            WHERE id = entry.id;
    END LOOP;
    RETURN NULL;
END
$chain$;
CREATE CONSTRAINT TRIGGER core_audit_chain AFTER INSERT ON core_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION core_audit_chain();
"""
# Of private consultations each reads what was done by himself or herself. That somebody was told of one is for that
# person alone, and for the worker that sends it (docs/adr/0049).
_ACTS = f"{SOMEBODY} AND (chain <> 'portal/concerns' OR actor_id = {ME} OR {THE_SYSTEM})"
_MAIL = f"{SOMEBODY} AND (NOT is_private OR recipient_id = {ME} OR {THE_SYSTEM})"
_ASKED = ("kind", "target_type", "target_id", "requested_by_id", "language", "file_name", "details")
# A page asks for a document, and gives up one whose worker has died.
_MADE = """
    TG_OP = 'INSERT' AND (NEW.status <> 'queued' OR NEW.result <> '')
    OR TG_OP = 'UPDATE' AND (NEW.result <> OLD.result OR NEW.status <> OLD.status AND NEW.status <> 'failed')
"""
_NOT_OF_PAGES = "no page makes a document, or brings its file along"


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        made(_PROOF),
        made(_RECORD),
        close("core_auditentry", read=_ACTS, write=SOMEBODY),  # a trigger of ``reviews`` says by whom
        *[append_only(f"core_{table}") for table in ("recordroot", "recordrootsecret", "recordhead")],
        *[close(f"core_{table}", read=SOMEBODY, write=THE_SYSTEM) for table in ("recordrootsecret", "recordhead")],
        close("core_notification", read=_MAIL, write=SOMEBODY),
        stays_as_written("core_notification", ("recipient_id", "key", "template", "context", "about", "other_address")),
        # A colleague may open the page of a job: the policy of its target is asked.
        close("core_job", read=f"requested_by_id = {ME} OR {LOOKING}", write=f"requested_by_id = {ME} OR {THE_SYSTEM}"),
        stays_as_written("core_job", _ASKED),
        keeps_once_set("core_job", "result"),
        kept_from_pages("core_job", condition=_MADE, words=_NOT_OF_PAGES),
        # Every page shows it, to whoever comes; it is written by people who are signed in, or the portal itself.
        close("core_institution", read="true", write=SOMEBODY),
    ]
