"""An objection stands at a paragraph, is replied to, and ends once (docs/adr/0078)."""

from django.db import migrations, models
from django.db.migrations.operations import AddConstraint, AddField, AlterModelOptions, RemoveConstraint, RunSQL
from django.db.models import CASCADE, Q

from core.database.columns import NULL, USER, holds, key, once, table
from core.database.guards import FOR_PAGES, append_only, guarded, refused, refused_on
from core.database.row_security import ME, protect_part

_TABLE, _REPLY, _ONE = "reviews_objection", "observations_objectionreply", "one_objection_a_state"
_ENDINGS = [
    ("withdrawn", "Withdrawn"), ("resolved", "Resolved by a wording"), ("renewed", "Renewed against a later version"),
]  # fmt: skip
_BY_SOMEBODY = Q(ending="", ended_at=None, ended_by=None) | ~Q(ending="") & Q(
    ended_at__isnull=False, ended_by__isnull=False
)
_IN_A_VERSION = Q(ending="resolved", resolved_in__isnull=False) | ~Q(ending="resolved") & Q(resolved_in=None)
_REST = "to_jsonb({row}) - 'ending' - 'ended_at' - 'ended_by_id' - 'resolved_in_id' - 'updated_at'"
# Once, and nothing else of it changes.
_ENDS = f"OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND {_REST.format(row='NEW')} = {_REST.format(row='OLD')}"
# Who does it in a page speaks for the State, as the row says.
_NOT_FOR_IT = f"""{FOR_PAGES} AND NOT EXISTS (
        SELECT FROM reviews_textversion version JOIN reviews_agreedtext piece ON piece.id = version.agreed_text_id
        WHERE version.id = {{version}} AND {{person}} = {ME} AND acting_focal_point(piece.review_id, NEW.state_party_id)
    )"""
_WHOSE = "CASE TG_OP WHEN 'INSERT' THEN NEW.focal_point_id ELSE NEW.ended_by_id END"
_OF = "(SELECT version_id FROM reviews_objection WHERE id = NEW.objection_id)"
_SPEAKS = "who speaks for a State objects, replies and ends an objection"
_NOT_LATER = """NEW.resolved_in_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM reviews_textversion own JOIN reviews_textversion later ON later.agreed_text_id = own.agreed_text_id
        WHERE own.id = NEW.version_id AND later.id = NEW.resolved_in_id AND later.number > own.number
    )"""
_HAS_ENDED = "EXISTS (SELECT FROM reviews_objection WHERE id = NEW.objection_id AND ended_at IS NOT NULL)"
# Of before: what its State has cleared since is resolved by that version.
_CLEARED_SINCE = """
    SET CONSTRAINTS ALL IMMEDIATE;
    UPDATE reviews_objection objection SET ending = 'resolved', ended_at = since.cleared_at,
        ended_by_id = since.focal_point_id, resolved_in_id = since.version
    FROM (
        SELECT DISTINCT ON (row.id) row.id, clearance.cleared_at, clearance.focal_point_id, later.id AS version
        FROM reviews_objection row
        JOIN reviews_textversion own ON own.id = row.version_id
        JOIN reviews_textversion later ON later.agreed_text_id = own.agreed_text_id AND later.number > own.number
        JOIN reviews_clearance clearance ON clearance.document_id = later.agreed_text_id
            AND clearance.version = later.number AND clearance.state_party_id = row.state_party_id
        ORDER BY row.id, later.number, clearance.cleared_at
    ) since WHERE since.id = objection.id AND objection.ended_at IS NULL;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0006_in_their_own_names")]

    operations = [
        AddField("objection", "paragraph", models.PositiveIntegerField("paragraph", default=0, db_default=0)),
        AddField("objection", "part", models.UUIDField("observation or passage", **NULL)),
        AddField("objection", "ending", models.CharField(
            "how it ended", max_length=10, choices=_ENDINGS, blank=True, default="", db_default=""
        )),
        AddField("objection", "ended_at", models.DateTimeField("ended at", **NULL)),
        AddField("objection", "ended_by", key(USER, "ended by", **NULL)),
        AddField("objection", "resolved_in", key("observations.textversion", "version that resolves it", **NULL)),
        AlterModelOptions("objection", {
            "ordering": ["created_at", "paragraph"], "verbose_name": "objection", "verbose_name_plural": "objections",
        }),
        RemoveConstraint("objection", _ONE),
        AddConstraint("objection", once(_ONE, "version", "state_party", "paragraph")),
        AddConstraint("objection", holds("objection_ended_by_somebody", _BY_SOMEBODY)),
        AddConstraint("objection", holds("objection_resolved_in_a_version", _IN_A_VERSION)),
        table("ObjectionReply", "reply to an objection", "replies to objections", [
            ("objection", key("observations.objection", "objection", "replies", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("focal_point", key(USER, "focal point")),
            ("text", models.TextField("reply")),
        ], ordering=["created_at"]),
        RunSQL(
            f"DROP TRIGGER append_only ON {_TABLE}",
            f"CREATE TRIGGER append_only BEFORE UPDATE ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION core_refuse()",
        ),
        RunSQL(_CLEARED_SINCE, RunSQL.noop),
        guarded(_TABLE, "append_only", on="UPDATE", when=f"NOT ({_ENDS})"),
        append_only(_REPLY),
        # Its parent is a part itself, and answers for it.
        protect_part(_REPLY, parent=_TABLE, key="objection_id", read="true", write="true"),
        refused_on(_TABLE, name="resolved_later", condition=_NOT_LATER, words="a later version of a text resolves it"),
        refused(
            _TABLE, "by_its_state", on="INSERT OR UPDATE", words=_SPEAKS,
            condition=_NOT_FOR_IT.format(version="NEW.version_id", person=f"({_WHOSE})"),
        ),
        refused(_REPLY, "by_its_state", on="INSERT", words=_SPEAKS,
            condition=_NOT_FOR_IT.format(version=_OF, person="NEW.focal_point_id"),
        ),
        refused_on(_REPLY, name="of_what_is_open", condition=_HAS_ENDED, words="an objection that has ended is closed"),
    ]  # fmt: skip
