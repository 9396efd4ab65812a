"""A common room begins also where a State that has left had drafted: nobody reads its room (docs/adr/0056, 0014)."""

from django.db import migrations

from core.database.guards import refused_otherwise

_STATES = "(SELECT state_party_id FROM reviews_reviewingstate WHERE review_id = NEW.id)"
_WORDS = "something unsent lies in a room that would be opened"
_BEFORE = """EXISTS (
        SELECT FROM reviews_feedbackcomment piece
        JOIN reviews_writtenfeedback feedback ON feedback.id = piece.feedback_id
        WHERE feedback.review_id = NEW.id AND feedback.status = 'draft' AND piece.text <> ''
    ) OR EXISTS (SELECT FROM reviews_clarificationrequest WHERE review_id = NEW.id AND status = 'draft')
    OR EXISTS (
        SELECT FROM reviews_observation WHERE review_id = NEW.id AND withdrawn_at IS NULL AND room_id IS NOT NULL
    ) OR EXISTS (SELECT FROM reviews_passagedraft WHERE review_id = NEW.id)"""
# Joint feedback is read by all of them from its first word.
_UNSENT = f"""EXISTS (
        SELECT FROM reviews_feedbackcomment piece
        JOIN reviews_writtenfeedback feedback ON feedback.id = piece.feedback_id
        WHERE feedback.review_id = NEW.id AND feedback.status = 'draft' AND piece.text <> ''
            AND NOT feedback.is_joint AND feedback.state_party_id IN {_STATES}
    ) OR EXISTS (
        SELECT FROM reviews_clarificationrequest
        WHERE review_id = NEW.id AND status = 'draft' AND state_party_id IN {_STATES}
    ) OR EXISTS (
        SELECT FROM reviews_observation WHERE review_id = NEW.id AND withdrawn_at IS NULL AND room_id IN {_STATES}
    ) OR EXISTS (SELECT FROM reviews_passagedraft WHERE review_id = NEW.id AND room_id IN {_STATES})"""
_SUGGESTION = "EXISTS (\n        SELECT FROM observations_suggestion WHERE review_id = NEW.id AND {rooms}\n    )"
_ANY_OTHER = "room_id IS NOT NULL AND room_id <> NEW.state_under_review_id"


class Migration(migrations.Migration):
    dependencies = [("observations", "0021_published_translations")]

    operations = [
        refused_otherwise(
            "reviews_common_room_begins", before=_BEFORE, condition=_UNSENT, words=_WORDS, past_rooms=True,
        ),
        refused_otherwise(
            "reviews_review_room_opens_over_no_suggestion", words=_WORDS, past_rooms=True,
            before=_SUGGESTION.format(rooms=_ANY_OTHER), condition=_SUGGESTION.format(rooms=f"room_id IN {_STATES}"),
        ),
    ]  # fmt: skip
