"""Somebody belongs to a State as the policy has it: while the affiliation has no end.

The days of both ends were compared with that of the database, which keeps the time of Greenwich: who was affiliated
after midnight was no one of the State's until the day had changed there too, and who had left was until then.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_STATES = """
CREATE OR REPLACE FUNCTION acting_states() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2 AS $$
DECLARE person uuid := acting_person();
BEGIN
    IF person IS NOT NULL THEN
        RETURN QUERY SELECT part.state_party_id FROM reviews_participation part
            WHERE part.user_id = person AND part.ended_at IS NULL AND part.role <> 'national_contributor'
            UNION SELECT affiliation.state_party_id FROM accounts_affiliation affiliation
            WHERE affiliation.user_id = person AND {condition};
    END IF;
END $$;
"""
_AS_THE_POLICY = "affiliation.ends_on IS NULL"
_BY_DAY = "current_date BETWEEN affiliation.starts_on AND COALESCE(affiliation.ends_on, 'infinity')"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0019_door")]

    operations = [RunSQL(_STATES.format(condition=_AS_THE_POLICY), _STATES.format(condition=_BY_DAY))]
