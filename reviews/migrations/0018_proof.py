"""The acting person is whom the session can prove to be (docs/adr/0022)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_PROVEN = """
CREATE OR REPLACE FUNCTION acting_person() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN NULLIF(split_part(core_proven(), '|', 1), '')::uuid;
END $$;
"""
_SAID = """
CREATE OR REPLACE FUNCTION acting_person() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog AS $$
DECLARE actor text := current_setting('app.actor', true);
BEGIN
    RETURN CASE WHEN actor IN ('', 'system') THEN NULL ELSE actor::uuid END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0017_guards"), ("core", "0006_proof")]

    operations = [RunSQL(_PROVEN, _SAID)]
