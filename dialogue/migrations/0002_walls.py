"""The second wall around the exchange (docs/adr/0014); what was sent stays, whatever the statement (docs/adr/0022).

Row security lets each State of a review write what lies in no room: so the words of a request, an answer and a source
are kept besides.
"""

from django.db import migrations

from core.database.guards import also_keeps, frozen, frozen_by, keeps_once, kept_from_pages
from core.database.reversible import made
from core.database.row_security import protect, protect_part
from reviews.walls import READ, WRITE

_FEEDBACK = "reviews_writtenfeedback"
_PLACED = ("clarificationrequest", "clarificationanswer", "supplementaryinformation")
_OF_SENT = f"EXISTS (SELECT FROM {_FEEDBACK} WHERE status = 'sent' AND id IN (OLD.feedback_id, NEW.feedback_id))"
# What was brought in gives way to what is brought in after the State has objected, and to nothing else.
_FROZEN = f"""
CREATE TRIGGER frozen BEFORE UPDATE ON {_FEEDBACK} FOR EACH ROW
    WHEN (OLD.status = 'sent' AND NOT COALESCE(OLD.brought_piece_id <> NEW.brought_piece_id, false))
    EXECUTE FUNCTION core_refuse();
CREATE TRIGGER stays BEFORE DELETE ON {_FEEDBACK} FOR EACH ROW WHEN (OLD.status = 'sent')
    EXECUTE FUNCTION core_refuse();
"""
_MARKED = "NEW.brought_piece_id IS DISTINCT FROM OLD.brought_piece_id"
_BY_A_WORKER = "a worker alone marks what was brought in"
# Asked is what has a time of it, which stays, whatever is made of the status; how its text is shown is made anew where
# the key of the seal has changed (core.language.rendering).
_ASKED = (
    "review_id", "room_id", "language", "state_party_id", "instrument_id", "question_code", "text", "revision",
    "written_by_id", "asked_at", "created_at",
)  # fmt: skip
_ANY, _SENT = "INSERT OR UPDATE OR DELETE", "written feedback that was sent is frozen"


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0001_initial"), ("reviews", "0003_walls")]

    operations = [
        protect(_FEEDBACK, read=READ, write=WRITE, opens=True),
        *[protect(f"reviews_{table}", read=READ, write=WRITE) for table in _PLACED],
        protect_part("reviews_feedbackcomment", parent=_FEEDBACK, key="feedback_id", read=READ, write=WRITE),
        made(_FROZEN),
        kept_from_pages(_FEEDBACK, operations="INSERT OR UPDATE", condition=_MARKED, words=_BY_A_WORKER),
        frozen_by("reviews_feedbackcomment", operations=_ANY, condition=_OF_SENT, words=_SENT),
        keeps_once("reviews_clarificationrequest", _ASKED, when="OLD.asked_at IS NOT NULL"),
        also_keeps("reviews_clarificationrequest", ["subject"]),
        *[frozen(f"reviews_{table}", when="OLD.sent_at IS NOT NULL") for table in _PLACED[1:]],
    ]
