"""What lies in a room is taken out by the focal point and experts of its State, and not by its observers (docs/adr/0080)."""

from django.db import migrations

from core.database.guards import FOR_PAGES
from core.database.reversible import made

# Triggers of many tables call it.
_TAKEN_OUT = f"""
CREATE FUNCTION reviews_taken_out_by_drafters() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {FOR_PAGES} AND NOT acting_drafter(OLD.review_id, OLD.room_id) THEN
        RAISE EXCEPTION 'what lies in a room is taken out by focal point and experts of its State';
    END IF;
    RETURN OLD;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_agreed_by_all")]

    operations = [made(_TAKEN_OUT)]
