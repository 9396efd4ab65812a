"""Drafts of notes can be discarded, and an officer goes on with laid notes whose State takes part no longer (record 90)."""

from django.db import migrations, models

from core.database.columns import NULL, key
from core.database.guards import FOR_PAGES, changed, guarded, refused
from reviews.walls import ANY_OFFICER, taken_out_by_drafters

_NOTES = "reviews_meetingnotes"
_NAME, _WORDS = "by_who_drafts", "notes on the table are changed by the focal point of the State that drafts them"
_WHEN = f"OLD.room_id IS NULL AND ({changed(('text', 'revision', 'sha256', 'saved_by_id'))})"
_HAS_LEFT = """(OLD.drafted_for_id IS NULL
    OR NOT EXISTS (SELECT FROM reviews_review row
        WHERE row.id = OLD.review_id AND row.state_under_review_id = OLD.drafted_for_id)
    AND NOT EXISTS (SELECT FROM reviews_reviewingstate row
        WHERE row.review_id = OLD.review_id AND row.state_party_id = OLD.drafted_for_id))"""


def _by_another(officer_if: str) -> str:
    return f"""{FOR_PAGES} AND NOT (acting_focal_point(OLD.review_id, OLD.drafted_for_id)
    OR {officer_if} AND {ANY_OFFICER})"""


_BEFORE = refused(
    _NOTES, _NAME, on="UPDATE", when=_WHEN, condition=_by_another("OLD.drafted_for_id IS NULL"), words=_WORDS
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_ministries")]

    operations = [
        migrations.AddField("meetingnotes", "asked_at", models.DateTimeField("asked anew at", **NULL)),
        migrations.AlterField("notesanswer", "notes", key("reviews.meetingnotes", "notes", "answers")),
        migrations.RunSQL(_BEFORE.reverse_sql, _BEFORE.sql),
        refused(_NOTES, _NAME, on="UPDATE", when=_WHEN, condition=_by_another(_HAS_LEFT), words=_WORDS),
        taken_out_by_drafters(_NOTES),
        guarded(
            _NOTES, "stays_once_laid", on="DELETE", when="OLD.room_id IS NULL",
            words="notes that are laid before the States stay",
        ),
    ]  # fmt: skip
