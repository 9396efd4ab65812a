"""A second reader of feedback, replies to it, and the recall of both until they are opened (docs/adr/0075)."""

from django.db import migrations, models
from django.db.migrations.operations import AddConstraint, AddField, RunSQL
from django.db.models import CASCADE, Q

from core.database.columns import MAYBE, NULL, USER, Columns, holds, key, moments, one_key, people, shown
from core.database.guards import FOR_PAGES, append_only, guarded, refused, refused_on, stays_as_written
from core.database.row_security import ME, protect
from reviews.columns import room_table
from reviews.walls import OWN_ROOM, READ, WRITE

_FEEDBACK, _REPLY = "reviews_writtenfeedback", "dialogue_feedbackreply"
_OPENED: Columns = [
    ("opened_at", models.DateTimeField("opened at", **NULL)),
    ("opened_by", key("accounts.stateparty", "first opened by", **NULL)),
    ("recalled_at", models.DateTimeField("recalled at", **NULL)),
    ("recall_reason", models.TextField("why it was recalled", blank=True, default="", db_default="")),
]
_TIMES = ("times_sent", models.PositiveSmallIntegerField("times sent", default=0, db_default=0))
_ONLY_SENT = Q(opened_at=None, opened_by=None) | Q(
    opened_at__isnull=False, opened_by__isnull=False, sent_at__isnull=False
)
_REST = "to_jsonb({row}) - 'opened_at' - 'opened_by_id'"
_SENT = "OLD.sent_at IS NOT NULL"
# Of what was sent the first opening is noted; nothing else changes but by a recall, as long as there was none.
_IS_OPENING = f"""(OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL
    AND {_REST.format(row="NEW")} = {_REST.format(row="OLD")})"""
# In a page the focal point of the State does that, into its room; a worker or a command is held to the rest alone.
_IS_RECALL = f"""(OLD.opened_at IS NULL AND NEW.sent_at IS NULL AND NEW.opened_at IS NULL AND NEW.room_id IS NOT NULL
    AND NEW.times_sent = OLD.times_sent AND NEW.review_id = OLD.review_id
    AND (acting_focal_point(OLD.review_id, NEW.room_id) OR NOT ({FOR_PAGES})))"""
_IS_BROUGHT = "COALESCE(OLD.brought_piece_id <> NEW.brought_piece_id, false)"
_RECALLED = f"""{_IS_RECALL} AND OLD.brought_piece_id IS NULL AND NEW.brought_piece_id IS NULL AND NEW.status = 'draft'
    AND NEW.room_id = OLD.state_party_id AND NEW.state_party_id = OLD.state_party_id"""
# A reader notes the opening for his or her own State, which is another than that of the ``author``.
_NOT_OPENED = f"""{FOR_PAGES} AND OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL AND (
    NEW.opened_by_id = {{author}} OR NEW.opened_by_id NOT IN (
        SELECT part.state_party_id FROM reviews_participation part
        WHERE part.user_id = {ME} AND part.ended_at IS NULL AND part.review_id = OLD.review_id
    )
)"""
_OWN_NAME = "that something was opened is noted by a reader of another State, for that State"
_UNDER_REVIEW = "(SELECT state_under_review_id FROM reviews_review WHERE id = NEW.review_id)"
_ELSEWHERE = f"NEW.room_id IS NOT NULL AND NEW.room_id <> {_UNDER_REVIEW}"
_OTHER_ROOM = "a reply lies in the room of the State under review"
_BEGINS = "a reply begins as a draft in the room of the State under review"
_UNFROZEN = RunSQL(
    f"DROP TRIGGER frozen ON {_FEEDBACK}",
    f"""CREATE TRIGGER frozen BEFORE UPDATE ON {_FEEDBACK} FOR EACH ROW
    WHEN (OLD.status = 'sent' AND NOT {_IS_BROUGHT}) EXECUTE FUNCTION core_refuse()""",
)


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_walls")]

    operations = [
        *[AddField("writtenfeedback", name, field) for name, field in [*_OPENED, _TIMES]],
        AddConstraint("writtenfeedback", holds("feedback_opened_only_where_sent", _ONLY_SENT)),
        AddField("writtenfeedback", "second_reader", key(USER, "asked to read it", **NULL)),
        room_table("FeedbackReading", "reading of a written feedback", "readings of written feedback", [
            ("feedback", key("dialogue.writtenfeedback", "written feedback", "readings", rule=CASCADE)),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("is_fine", models.BooleanField("nothing to add")),
            ("word", models.TextField("at what to look again", blank=True)),
            *people({}, read_by="read by"),
        ], ordering=["-created_at"]),
        room_table("FeedbackReply", "reply to a written feedback", "replies to written feedback", [
            ("feedback", one_key("dialogue.writtenfeedback", "written feedback", "reply")),
            *shown("text", "reply"),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("written_by", key(USER, "written by")),
            *_OPENED,
            ("sha256", models.CharField("SHA-256", max_length=64, blank=True)),
            *moments(MAYBE, sent_at="sent at"),
            _TIMES,
        ], [
            holds("reply_opened_only_where_sent", _ONLY_SENT),
            holds("reply_sent_lies_on_the_table", Q(sent_at=None) | Q(room=None) & ~Q(sha256="")),
            holds("reply_unsent_lies_in_a_room", Q(sent_at__isnull=False) | Q(room__isnull=False)),
        ], ordering=["created_at"]),
        protect(_REPLY, read=READ, write=WRITE),
        protect("dialogue_feedbackreading", read=OWN_ROOM, write=OWN_ROOM),
        append_only("dialogue_feedbackreading"),
        stays_as_written(_REPLY, ("feedback_id", "review_id")),
        _UNFROZEN,
        RunSQL(f"UPDATE {_FEEDBACK} SET times_sent = 1 WHERE status = 'sent' AND brought_piece_id IS NULL", RunSQL.noop),
        guarded(
            _FEEDBACK, "frozen", on="UPDATE",
            when=f"OLD.status = 'sent' AND NOT {_IS_BROUGHT} AND NOT {_IS_OPENING} AND NOT ({_RECALLED})",
        ),
        guarded(_REPLY, "frozen", on="UPDATE", when=f"{_SENT} AND NOT {_IS_OPENING} AND NOT {_IS_RECALL}"),
        guarded(_REPLY, "begins", on="INSERT", when="NEW.room_id IS NULL", words=_BEGINS),
        guarded(_REPLY, "stays", on="DELETE", when="OLD.times_sent > 0"),
        refused_on(_REPLY, name="of_its_state", condition=_ELSEWHERE, words=_OTHER_ROOM),
        *[
            refused(table, "of_its_reader", on="UPDATE", condition=_NOT_OPENED.format(author=author), words=_OWN_NAME)
            for table, author in {_FEEDBACK: "OLD.state_party_id", _REPLY: _UNDER_REVIEW}.items()
        ],
    ]  # fmt: skip
