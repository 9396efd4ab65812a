"""Accounts, factors and sessions open at the door, and to the people they belong to; keys are given at one door.

docs/adr/0021, 0022 and 0033.
"""

from django.db import migrations

from core.database.guards import WITHOUT_KEYS, append_only, stays_as_written, stays_once_set
from core.database.reversible import made
from core.database.row_security import AT_THE_DOOR, GIVING_KEYS, ME, PERSON, SOMEBODY, THE_SYSTEM, close

_ROLE = """
CREATE FUNCTION acting_role() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN COALESCE((
        SELECT secretariat_role FROM accounts_user
        WHERE id = NULLIF(split_part(core_proven(), '|', 1), '')::uuid AND is_active
    ), '');
END $$;
"""
# For roles that serve pages alone: workers and commands go through the same door, and are its hands.
_KEYS = f"""
CREATE FUNCTION accounts_user_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {WITHOUT_KEYS} THEN
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

_OWN = f"{AT_THE_DOOR} OR user_id = {ME}"
_OWN_ROW = f"user_id = {ME} OR {THE_SYSTEM}"
_SECRETARIAT, _STEWARD = "(SELECT acting_role() <> '')", "(SELECT acting_role() = 'administrator')"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0004_mails_and_jobs"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        made(_ROLE),
        made(_KEYS),
        close(
            "accounts_user",
            read=SOMEBODY,
            added=GIVING_KEYS,
            write=SOMEBODY,
            becoming=f"{AT_THE_DOOR} OR id = {ME} OR {GIVING_KEYS}",
        ),
        close("accounts_affiliation", read="true", added=GIVING_KEYS, write=PERSON, becoming=GIVING_KEYS),
        close("accounts_linkrequest", read="false", write=AT_THE_DOOR),
        close("accounts_accountrule", read="true", write=f"{_STEWARD} OR {THE_SYSTEM}"),
        append_only("accounts_termsacceptance"),
        close("accounts_staffsession", read=SOMEBODY, write=_OWN_ROW),
        stays_as_written("accounts_staffsession", ("user_id", "state_party_id", "reason", "started_at", "expires_at")),
        stays_once_set("accounts_staffsession", "ended_at"),
        close("django_session", read=AT_THE_DOOR, write=AT_THE_DOOR),
        # A second factor is taken from somebody by a worker, once the State has been told (docs/adr/0021).
        close("mfa_authenticator", read=f"{_OWN} OR {_SECRETARIAT}", write=_OWN),
        close("usersessions_usersession", read=f"{_OWN} OR {_SECRETARIAT}", write=f"{_OWN} OR {_SECRETARIAT}"),
    ]
