"""Nothing is opened to others that its State may still recall (docs/adr/0093)."""

from django.db import migrations

from core.database.guards import refused

# Opened at this version or a later one, brought in, or carrying what was sent beside: such a one is recalled by nobody.
_NOT_SETTLED = """NOT EXISTS (
        SELECT FROM questionnaires_responsesubmission sent
        JOIN questionnaires_response response ON response.id = sent.response_id
        WHERE sent.id = NEW.submission_id AND (
            sent.brought_piece_id IS NOT NULL OR response.opened_sent_at >= sent.sent_at
            OR sent.document -> 'revises' ->> 'is_beside' = 'true'
        )
    )"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0008_shared_as_word_and_xml")]

    operations = [
        refused(
            "questionnaires_answersshare", "of_what_is_settled", on="INSERT", condition=_NOT_SETTLED, past_rooms=True,
            words="answers that may still be recalled are opened to nobody",
        ),
    ]  # fmt: skip
