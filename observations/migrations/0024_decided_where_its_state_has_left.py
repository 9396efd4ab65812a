"""Where the State of an observation reviews no longer, the others decide on suggestions to it (docs/adr/0020, 0087)."""

from django.db import migrations

from core.database.guards import refused_otherwise
from reviews.walls import not_said_by

_ITS_STATE = """SELECT FROM reviews_observation piece
                WHERE piece.id = NEW.observation_id AND piece.state_party_id = NEW.decided_for_id"""
_OR_ANOTHER = """SELECT FROM reviews_observation piece
                JOIN reviews_agreedtext list ON list.id = piece.agreed_text_id
                JOIN reviews_review review ON review.id = piece.review_id
                WHERE piece.id = NEW.observation_id AND (
                    piece.state_party_id = NEW.decided_for_id
                    OR piece.state_party_id IS NOT NULL AND review.state_under_review_id <> NEW.decided_for_id
                    AND NOT EXISTS (
                        SELECT FROM reviews_reviewingstate row
                        JOIN reviews_reviewingstate_instruments covered ON covered.reviewingstate_id = row.id
                        WHERE row.review_id = piece.review_id AND row.state_party_id = piece.state_party_id
                            AND covered.instrument_id = list.instrument_id
                    )
                )"""
_BY_ANOTHER = f"""{not_said_by("decided_by_id", "decided_for_id")} OR (
        NEW.status = 'withdrawn' AND NEW.decided_for_id IS DISTINCT FROM NEW.state_party_id
        OR NEW.status <> 'withdrawn' AND (
            NEW.observation_id IS NOT NULL AND NOT EXISTS (
                {{of_observation}}
            )
            OR NEW.passage_id IS NOT NULL AND EXISTS (
                SELECT FROM reviews_review review
                WHERE review.id = NEW.review_id AND review.state_under_review_id = NEW.decided_for_id
            )
        )
    )"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0023_passage_revisions")]

    operations = [
        refused_otherwise(
            "observations_suggestion_decided_by_who_may",
            before=_BY_ANOTHER.replace("{of_observation}", _ITS_STATE),
            condition=_BY_ANOTHER.replace("{of_observation}", _OR_ANOTHER),
            words="who may change a text decides on a suggestion to it, and its State withdraws it",
        ),
    ]  # fmt: skip
