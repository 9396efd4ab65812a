"""What a request for access asks for never changes, whatever the statement (docs/adr/0021, 0022)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_ASKED = (
    "kind", "about", "state_party_id", "mechanism_id", "person_id", "participation_id", "wanted", "number", "sha256",
    "prepared_by_id",
)  # fmt: skip
# A note verbale that is discarded leaves its request behind.
_CHANGED = " OR ".join(
    [
        *(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _ASKED),
        "(OLD.note_id IS DISTINCT FROM NEW.note_id AND NEW.note_id IS NOT NULL)",
        "(OLD.approved_by_id IS NOT NULL AND OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id)",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0020_affiliations"), ("core", "0005_guards")]

    operations = [
        RunSQL(
            "CREATE TRIGGER keeps BEFORE UPDATE ON reviews_accessrequest FOR EACH ROW"
            f" WHEN ({_CHANGED}) EXECUTE FUNCTION core_refuse()",
            "DROP TRIGGER keeps ON reviews_accessrequest",
        )
    ]
