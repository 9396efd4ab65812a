"""Accounts, factors and sessions open at the door, and to the people they belong to; keys are given at one door.

docs/adr/0021, 0022 and 0033; of the contacts of States, and of links for offices that have no account, 0045.
"""

from django.db import migrations

from core.database.guards import WITHOUT_KEYS, append_only, changed, refused, stays_as_written
from core.database.reversible import made
from core.database.row_security import AT_THE_DOOR, GIVING_KEYS, LOOKING, ME, PERSON, SOMEBODY, THE_SYSTEM, close

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
_KEYS = ("email", "secretariat_role", "is_active", "is_staff", "is_superuser")
_AT_ONE_DOOR = "what an account may do is written at the door of access alone"
_OWN = f"{AT_THE_DOOR} OR user_id = {ME}"
_OWN_ROW = f"user_id = {ME} OR {THE_SYSTEM}"
_SECRETARIAT, _STEWARD = "(SELECT acting_role() <> '')", "(SELECT acting_role() = 'administrator')"
_OFFICER = "(SELECT acting_role() = 'officer' OR acting_role() = 'administrator')"
_BY_OFFICERS = f"{_OFFICER} OR {THE_SYSTEM}"
_SESSION = ("user_id", "state_party_id", "reason", "started_at", "expires_at")
_LINK = "purpose about state_party_id address language sha256 issued_by_id expires_at created_at".split()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"), ("core", "0002_walls"), ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"), ("usersessions", "0001_initial"),
    ]  # fmt: skip

    operations = [
        made(_ROLE),
        # For roles that serve pages alone: workers and commands go through the same door, and are its hands.
        refused("accounts_user", "keys", on="UPDATE", when=changed(_KEYS), condition=WITHOUT_KEYS, words=_AT_ONE_DOOR),
        close(
            "accounts_user", read=SOMEBODY, added=GIVING_KEYS, write=SOMEBODY,
            becoming=f"{AT_THE_DOOR} OR id = {ME} OR {GIVING_KEYS}",
        ),
        close("accounts_affiliation", read="true", added=GIVING_KEYS, write=PERSON, becoming=GIVING_KEYS),
        close("accounts_linkrequest", read="false", write=AT_THE_DOOR),
        close("accounts_accountrule", read="true", write=f"{_STEWARD} OR {THE_SYSTEM}"),
        append_only("accounts_termsacceptance"),
        close("accounts_staffsession", read=SOMEBODY, write=_OWN_ROW),
        stays_as_written("accounts_staffsession", _SESSION, once=["ended_at"]),
        close("django_session", read=AT_THE_DOOR, write=AT_THE_DOOR),
        # A second factor is taken from somebody by a worker, once the State has been told (docs/adr/0021).
        close("mfa_authenticator", read=f"{_OWN} OR {_SECRETARIAT}", write=_OWN),
        close("usersessions_usersession", read=f"{_OWN} OR {_SECRETARIAT}", write=f"{_OWN} OR {_SECRETARIAT}"),
        close("accounts_statecontact", read=f"{_OFFICER} OR {LOOKING} OR {THE_SYSTEM}", write=_BY_OFFICERS),
        # Found at the door by its hash, and noted as used there; made by workers, ended by who looks after the list.
        close(
            "accounts_statelink", read=f"{_OFFICER} OR {AT_THE_DOOR} OR {LOOKING} OR {THE_SYSTEM}", added=THE_SYSTEM,
            write=f"{_OFFICER} OR {AT_THE_DOOR} OR {THE_SYSTEM}",
        ),
        stays_as_written("accounts_statelink", _LINK, once=["ended_at"]),
    ]  # fmt: skip
