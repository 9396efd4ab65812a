"""Accounts, factors and sessions open at the door, and to the people they belong to (docs/adr/0022)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.row_security import AT_THE_DOOR, ME, SOMEBODY, close

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
_OWN = f"{AT_THE_DOOR} OR user_id = {ME}"
_SECRETARIAT, _ADMINISTRATOR = "(SELECT acting_role() <> '')", "(SELECT acting_role() = 'administrator')"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_guards"),
        ("core", "0007_door"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        RunSQL(_ROLE, "DROP FUNCTION acting_role()"),
        close("accounts_user", read=SOMEBODY, write=SOMEBODY),
        close("accounts_staffsession", read=SOMEBODY, write=SOMEBODY),
        close("django_session", read=AT_THE_DOOR, write=AT_THE_DOOR),
        close("mfa_authenticator", read=f"{_OWN} OR {_SECRETARIAT}", write=f"{_OWN} OR {_ADMINISTRATOR}"),
        close("usersessions_usersession", read=f"{_OWN} OR {_SECRETARIAT}", write=f"{_OWN} OR {_SECRETARIAT}"),
    ]
