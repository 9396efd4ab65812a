"""What a page adds to the record of acts bears the name of its person, and a State of that person (docs/adr/0022).

``at`` is told by the program: only its clock knows when the act was, and the entry stands in its place in the chain.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_BEGINS = """
CREATE OR REPLACE FUNCTION core_audit_proof() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp
AS $record$
"""
_BEFORE = """
BEGIN
    IF NOT core_role_serves('plain') OR core_on_errand('system')
        OR NEW.actor_id::text = split_part(core_proven(), '|', 1)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The record of acts takes the person who acts from the proof, and no other';
END $record$;
"""
# Whose participation ends by an act has acted for that State: so those that are over count too.
_NOW = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0031_steps_of_who_takes_part"), ("core", "0006_proof"), ("accounts", "0009_keys")]

    operations = [RunSQL(_BEGINS + _NOW, _BEGINS + _BEFORE)]
