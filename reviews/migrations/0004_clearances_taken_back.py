"""A clearance of a text may be taken back: when, and by whom (docs/adr/0077)."""

from django.db import migrations, models
from django.db.migrations.operations import AddConstraint, AddField, RemoveConstraint, RunSQL
from django.db.models import Q

from core.database.columns import MAYBE, USER, holds, key, once
from core.database.guards import guarded
from core.database.row_security import ME, THE_SYSTEM

_TABLE, _ONE = "reviews_clearance", "one_clearance_a_version_and_state"
_BY_SOMEBODY = Q(taken_back_at=None, taken_back_by=None) | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
_CLEARS = "acting_focal_point(review_id, state_party_id)"
_REST = "to_jsonb({row}) - 'taken_back_at' - 'taken_back_by_id' - 'updated_at'"
# Once, and nothing else of it changes.
_IS_TAKEN_BACK = f"""OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL AND NEW.taken_back_by_id IS NOT NULL
    AND {_REST.format(row="NEW")} = {_REST.format(row="OLD")}"""


def _policies(*, added: str, write: str, becoming: str) -> str:
    return f"""
        DROP POLICY door_insert ON {_TABLE};
        DROP POLICY door_update ON {_TABLE};
        CREATE POLICY door_insert ON {_TABLE} FOR INSERT WITH CHECK ({added});
        CREATE POLICY door_update ON {_TABLE} FOR UPDATE USING ({write}) WITH CHECK ({becoming});
    """


_BEFORE = f"focal_point_id = {ME} AND {_CLEARS} OR {THE_SYSTEM}"
_BY_ITS_STATE = _policies(
    added=f"focal_point_id = {ME} AND {_CLEARS} AND taken_back_at IS NULL OR {THE_SYSTEM}",
    write=f"{_CLEARS} OR {THE_SYSTEM}",
    becoming=f"{_CLEARS} AND taken_back_by_id = {ME} OR {THE_SYSTEM}",
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_walls")]

    operations = [
        AddField("clearance", "taken_back_at", models.DateTimeField("taken back at", **MAYBE)),
        AddField("clearance", "taken_back_by", key(USER, "taken back by", **MAYBE)),
        RemoveConstraint("clearance", _ONE),
        AddConstraint(
            "clearance", once(_ONE, "document_id", "version", "state_party", condition=Q(taken_back_at=None))
        ),
        AddConstraint("clearance", holds("clearance_taken_back_by_somebody", _BY_SOMEBODY)),
        RunSQL(
            f"DROP TRIGGER append_only ON {_TABLE}",
            f"CREATE TRIGGER append_only BEFORE UPDATE ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION core_refuse()",
        ),
        guarded(_TABLE, "append_only", on="UPDATE", when=f"NOT ({_IS_TAKEN_BACK})"),
        RunSQL(_BY_ITS_STATE, _policies(added=_BEFORE, write=_BEFORE, becoming=_BEFORE)),
    ]
