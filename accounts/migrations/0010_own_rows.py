"""Factors are their person's own, a staff session stays what it was begun for, rules are reference data (docs/adr/0022).

A second factor is taken from somebody by a worker, once the State has been told (docs/adr/0021).
"""

from django.db import migrations

from core.database.guards import stays_as_written, stays_once_set
from core.database.row_security import AT_THE_DOOR, ME, SOMEBODY, THE_SYSTEM, close, written_by

_OWN = f"{AT_THE_DOOR} OR user_id = {ME}"
_STEWARD = "(SELECT acting_role() = 'administrator')"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_keys"), ("core", "0014_role_of_the_door")]

    operations = [
        written_by("mfa_authenticator", write=_OWN, was=f"{_OWN} OR {_STEWARD}"),
        written_by("accounts_staffsession", write=f"user_id = {ME} OR {THE_SYSTEM}", was=SOMEBODY),
        stays_as_written("accounts_staffsession", ("user_id", "state_party_id", "reason", "started_at", "expires_at")),
        stays_once_set("accounts_staffsession", "ended_at"),
        close("accounts_accountrule", read="true", write=f"{_STEWARD} OR {THE_SYSTEM}"),
    ]
