"""Whose a mail and a document are, and what of them stays (docs/adr/0022)."""

from django.db import migrations

from core.database.guards import keeps_once_set, kept_from_pages, stays_as_written
from core.database.row_security import LOOKING, ME, SOMEBODY, THE_SYSTEM, close

_ASKED = ("kind", "target_type", "target_id", "requested_by_id", "language", "file_name", "details")
# A page asks for a document, and gives up one whose worker has died.
_MADE = """
    TG_OP = 'INSERT' AND (NEW.status <> 'queued' OR NEW.result <> '')
    OR TG_OP = 'UPDATE' AND (
        NEW.result <> OLD.result OR NEW.status <> OLD.status AND NEW.status <> 'failed'
    )
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_record")]

    operations = [
        close("core_notification", read=SOMEBODY, write=SOMEBODY),
        stays_as_written("core_notification", ("recipient_id", "key", "template", "context", "about", "other_address")),
        # A colleague may open the page of a job: the policy of its target is asked.
        close("core_job", read=f"requested_by_id = {ME} OR {LOOKING}", write=f"requested_by_id = {ME} OR {THE_SYSTEM}"),
        stays_as_written("core_job", _ASKED),
        keeps_once_set("core_job", "result"),
        kept_from_pages(
            "core_job",
            operations="INSERT OR UPDATE",
            condition=_MADE,
            words="no page makes a document, or brings its file along",
        ),
    ]
