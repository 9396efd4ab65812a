"""The function that refuses, for the triggers of all tables (docs/adr/0022), and a chain that works with its rights."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.guards import REFUSAL, REFUSAL_REMOVAL

# Only this function may still change an entry: the plain role has lost the right to (docs/adr/0022).
_CHAIN_AS_OWNER = """
ALTER FUNCTION core_audit_chain() SECURITY DEFINER;
ALTER FUNCTION core_audit_chain() SET search_path = public, pg_temp;
"""
_CHAIN_AS_CALLER = """
ALTER FUNCTION core_audit_chain() SECURITY INVOKER;
ALTER FUNCTION core_audit_chain() RESET search_path;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_missing_mails")]

    operations = [RunSQL(REFUSAL, REFUSAL_REMOVAL), RunSQL(_CHAIN_AS_OWNER, _CHAIN_AS_CALLER)]
