"""The second wall around the exchange (docs/adr/0014); what was sent stays, whatever the statement (docs/adr/0022).

Row security lets each State of a review write what lies in no room: so the words of a request, an answer and a source
are kept besides.
"""

from django.db import migrations

from core.database.guards import frozen, frozen_by, keeps_once
from core.database.row_security import protect, protect_part
from reviews.walls import READ, WRITE

_PLACED = ("clarificationrequest", "clarificationanswer", "supplementaryinformation")
_OF_SENT_FEEDBACK = """EXISTS (
    SELECT FROM reviews_writtenfeedback WHERE status = 'sent' AND id IN (OLD.feedback_id, NEW.feedback_id)
)"""
# Asked is what has a time of it, which stays, whatever is made of the status; how its text is shown is made anew where
# the key of the seal has changed (core.language.rendering).
_ASKED = (
    "review_id", "room_id", "language", "state_party_id", "instrument_id", "question_code", "text", "revision",
    "written_by_id", "asked_at", "created_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0001_initial"), ("reviews", "0003_rooms")]

    operations = [
        protect("reviews_writtenfeedback", read=READ, write=WRITE, opens=True),
        *[protect(f"reviews_{table}", read=READ, write=WRITE) for table in _PLACED],
        protect_part(
            "reviews_feedbackcomment", parent="reviews_writtenfeedback", key="feedback_id", read=READ, write=WRITE
        ),
        frozen("reviews_writtenfeedback", when="OLD.status = 'sent'"),
        frozen_by(
            "reviews_feedbackcomment",
            operations="INSERT OR UPDATE OR DELETE",
            condition=_OF_SENT_FEEDBACK,
            words="written feedback that was sent is frozen",
        ),
        keeps_once("reviews_clarificationrequest", _ASKED, when="OLD.asked_at IS NOT NULL"),
        frozen("reviews_clarificationanswer", when="OLD.sent_at IS NOT NULL"),
        frozen("reviews_supplementaryinformation", when="OLD.sent_at IS NOT NULL"),
    ]
