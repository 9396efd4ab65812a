"""What lies on the shared table because it was sent, or logged, stays as it is, whatever the statement (docs/adr/0022).

Until then the words of a request, an answer, a source and a meeting were kept by the policy alone: row security lets each
State of a review write what lies in no room.
"""

from django.db import migrations

from core.database.guards import append_only, frozen, keeps_once

# Asked is what has a time of it, which stays, whatever is made of the status; how its text is shown is made anew where the key of the seal has changed (core.language.rendering).
_ASKED = (
    "review_id", "room_id", "language", "state_party_id", "instrument_id", "question_code", "text", "revision",
    "written_by_id", "asked_at", "created_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reviews", "0021_requests_keep_what_is_asked"), ("core", "0005_guards")]

    operations = [
        keeps_once("reviews_clarificationrequest", _ASKED, when="OLD.asked_at IS NOT NULL"),
        frozen("reviews_clarificationanswer", when="OLD.sent_at IS NOT NULL"),
        frozen("reviews_supplementaryinformation", when="OLD.sent_at IS NOT NULL"),
        append_only("reviews_dialoguemeeting"),
        append_only("reviews_dialoguemeeting_participants"),
    ]
