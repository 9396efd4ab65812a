"""Answers that were sent are recalled as long as no reviewing State has opened them (docs/adr/0060).

The first opening is noted by its reader, who writes nothing else of another State's response, and stays. What was
recalled is read by its own State alone.
"""

from django.db import migrations, models

from core.database.guards import kept_from_pages, stays_once_set
from core.database.row_security import ME, also_changed, read_in_rooms_no_longer
from reviews.walls import OFFICER

_RESPONSE, _SUBMISSION = "questionnaires_response", "questionnaires_responsesubmission"
_READS_FOR = f"""SELECT part.{{what}} FROM reviews_participation part
    WHERE part.user_id = {ME} AND part.ended_at IS NULL AND part.side = 'reviewing'"""
_OPENING = "ARRAY['opened_at', 'opened_by_id']"
_NOT_OPENED = f"""(OLD.review_id, OLD.room_id) NOT IN (SELECT * FROM acting_places('answers')) AND (
    to_jsonb(NEW) - {_OPENING} <> to_jsonb(OLD) - {_OPENING}
    OR NEW.opened_by_id NOT IN ({_READS_FOR.format(what="state_party_id")} AND part.review_id = OLD.review_id)
)"""
_AT_TABLE = "(review_id, review_id) IN (SELECT * FROM acting_places('write'))"
_ON_TABLE = f"room_id IS NULL AND ({_AT_TABLE} OR {OFFICER})"
# The room of a response is that of the State under review; what stands was sent when the response was.
_OF_RESPONSE = f"SELECT {{what}} FROM {_RESPONSE} sent WHERE sent.id = {_SUBMISSION}.response_id"
_OWN = f"(review_id, ({_OF_RESPONSE.format(what='sent.room_id')})) IN (SELECT * FROM acting_places('write'))"
_STANDS = f"(brought_piece_id IS NOT NULL OR sent_at = ({_OF_RESPONSE.format(what='sent.sent_at')}))"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0006_ministries"), ("accounts", "0003_contacts_and_links")]

    operations = [
        migrations.AddField("response", "opened_at", models.DateTimeField("opened at", null=True)),
        migrations.AddField(
            "response",
            "opened_by",
            models.ForeignKey(
                "accounts.stateparty", models.PROTECT, null=True, related_name="+", verbose_name="first opened by"
            ),
        ),
        migrations.AddField("response", "recalled_at", models.DateTimeField("recalled at", null=True)),
        migrations.AddField(
            "response",
            "recall_reason",
            models.TextField("why it was recalled", blank=True, default="", db_default=""),
        ),
        migrations.AddConstraint(
            "response",
            models.CheckConstraint(
                name="opened_only_where_sent",
                condition=models.Q(opened_at=None, opened_by=None)
                | models.Q(opened_at__isnull=False, opened_by__isnull=False, status="sent"),
            ),
        ),
        also_changed(_RESPONSE, "opened", f"status = 'sent' AND review_id IN ({_READS_FOR.format(what='review_id')})"),
        kept_from_pages(
            _RESPONSE,
            operations="UPDATE",
            condition=_NOT_OPENED,
            words="of the answers of another State it is noted that they were opened, and nothing else",
        ),
        *[stays_once_set(_RESPONSE, column) for column in ("opened_at", "opened_by_id")],
        read_in_rooms_no_longer(
            _SUBMISSION, before=_ON_TABLE, read=f"room_id IS NULL AND ({_OWN} OR ({_ON_TABLE}) AND {_STANDS})"
        ),
    ]
