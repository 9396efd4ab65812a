"""Who has a key is written on the errand of the one door, whoever's page it is; an account by its own person."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.row_security import AT_THE_DOOR, GIVING_KEYS, ME, PERSON, SOMEBODY, close, written_as

# For roles that serve pages alone: workers and commands go through the same door, and are its hands.
_REFUSE = """
CREATE FUNCTION accounts_user_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (core_role_serves('plain') OR core_role_serves('door')) AND NOT core_on_errand('keys') THEN
        RAISE EXCEPTION 'what an account may do is written at the door of access alone';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keys BEFORE UPDATE ON accounts_user FOR EACH ROW WHEN (
    OLD.email IS DISTINCT FROM NEW.email OR OLD.secretariat_role IS DISTINCT FROM NEW.secretariat_role
    OR OLD.is_active IS DISTINCT FROM NEW.is_active OR OLD.is_staff IS DISTINCT FROM NEW.is_staff
    OR OLD.is_superuser IS DISTINCT FROM NEW.is_superuser
) EXECUTE FUNCTION accounts_user_keys();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_link_request"), ("core", "0014_role_of_the_door")]

    operations = [
        RunSQL(_REFUSE, "DROP TRIGGER keys ON accounts_user; DROP FUNCTION accounts_user_keys()"),
        written_as(
            "accounts_user", added=GIVING_KEYS, becoming=f"{AT_THE_DOOR} OR id = {ME} OR {GIVING_KEYS}", was=SOMEBODY
        ),
        close("accounts_affiliation", read="true", write=PERSON),
        written_as("accounts_affiliation", added=GIVING_KEYS, becoming=GIVING_KEYS, was=PERSON),
    ]
