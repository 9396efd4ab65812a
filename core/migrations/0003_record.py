"""The record of acts: guarded, chained (docs/adr/0013) and under roots (0023).

No setting of a session switches these triggers off.
"""

from django.db import migrations

from core.database.guards import append_only
from core.database.reversible import made
from core.database.row_security import SOMEBODY, THE_SYSTEM, close

# Nothing is changed or taken out. The one exception: the trigger below gives an entry its place, once. What a program
# inserts has none. (A trigger that is fired by a trigger is at depth 2.)
_GUARD = """
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
"""

# Runs when a transaction commits. Entries without a place are its own: nobody else sees them, and others commit none.
# The first run locks all their chains, always in the order of the keys, so that no two transactions can wait for each
# other, and chains them all; the following runs find nothing left. The locks end with the commit. Each statement sees
# what was committed before the lock was given. Only this function may change an entry, as the owner of the table.
_CHAIN = r"""
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


class Migration(migrations.Migration):
    dependencies = [("core", "0002_proof")]

    operations = [
        made(_GUARD),
        made(_CHAIN),
        close("core_auditentry", read=SOMEBODY, write=SOMEBODY),  # a trigger of ``reviews`` says by whom
        *[append_only(f"core_{table}") for table in ("recordroot", "recordrootsecret", "recordhead")],
        *[close(f"core_{table}", read=SOMEBODY, write=THE_SYSTEM) for table in ("recordrootsecret", "recordhead")],
    ]
