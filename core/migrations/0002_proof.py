"""How the database knows who acts (docs/adr/0022), and the function that refuses, for the triggers of all tables."""

from django.db import migrations

from core.database.reversible import made

# ``single`` keeps it at one row. The owner's alone: the roles that serve get no right to it
# (portal.reference.table_rights).
_TABLES = """
CREATE TABLE core_actingkey (
    single boolean PRIMARY KEY CHECK (single), inner_key bytea NOT NULL, outer_key bytea NOT NULL
);
CREATE TABLE core_servingrole (name name PRIMARY KEY, purpose text NOT NULL);
"""

# Gives ``who|errand|until`` as it was said, or ``|`` where nobody said anything or could not prove it. HMAC-SHA256 by
# hand, with the key already filled up and masked. ``now()`` is when the transaction began: what holds then holds to its
# end. Hashes are compared, so that the time it takes tells nothing of the right one. A proof of the door is none where
# the operator made a role for it (docs/adr/0033).
_PROVEN = """
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
"""

# What a role is for. Not SECURITY DEFINER: it asks for the role that runs the statement.
_PURPOSE = """
CREATE FUNCTION core_role_serves(wanted text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
AS $purpose$
BEGIN
    RETURN EXISTS (SELECT FROM core_servingrole WHERE name = current_user AND purpose = wanted);
END $purpose$;
"""

# The system is a role of its own. Only where the operator made none may it be said, with proof.
_ERRAND = """
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

# ``TG_ARGV[0]``: what to say, where "Cannot update rows of …" says too little.
_REFUSAL = """
CREATE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '%', COALESCE(TG_ARGV[0], format('Cannot %s rows of %s', lower(TG_OP), TG_TABLE_NAME));
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [made(statements) for statements in (_TABLES, _PROVEN, _PURPOSE, _ERRAND, _REFUSAL)]
