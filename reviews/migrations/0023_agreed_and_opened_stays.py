"""What States have agreed on, approved, been told and begun with stays, whatever the statement (docs/adr/0022).

Until then the services alone kept it; only the version that was cleared was frozen.
"""

from django.db import migrations

from core.database.guards import append_only, frozen, frozen_by, keeps_once, stays_as_once_set

# How a text is shown is made anew where the key of the seal has changed (core.language.rendering).
_SHOWN = "ARRAY['text_html', 'updated_at']"
_CHANGED = f"to_jsonb(NEW) - {_SHOWN} IS DISTINCT FROM to_jsonb(OLD) - {_SHOWN}"
_AGREED = "EXISTS (SELECT FROM reviews_agreedtext WHERE status = 'agreed' AND id IN ({texts}))"
_OF_TEXT = _AGREED.format(texts="OLD.agreed_text_id, NEW.agreed_text_id")
# What lies in a room is no part of the list: it may still be changed and thrown away there.
_TABLED = "(OLD.tabled_revision IS NOT NULL OR NEW.tabled_revision IS NOT NULL)"
_OF_OBSERVATION = _AGREED.format(
    texts="SELECT agreed_text_id FROM reviews_observation"
    " WHERE tabled_revision IS NOT NULL AND id IN (OLD.observation_id, NEW.observation_id)"
)
_OF_PASSAGE = _AGREED.format(
    texts="SELECT agreed_text_id FROM reviews_summarypassage WHERE id IN (OLD.summarypassage_id, NEW.summarypassage_id)"
)
_ANY = "INSERT OR UPDATE OR DELETE"
_WORDS = "a text on which the States have agreed is frozen"
_NOTE = ("mechanism_id", "state_party_id", "number", "dated_on", "scan", "scan_name", "sha256", "recorded_by_id")
_OF_NOTE = """EXISTS (
    SELECT FROM reviews_noteverbale WHERE status IN ('waiting', 'approved') AND id IN (OLD.note_id, NEW.note_id)
) AND (TG_OP <> 'UPDATE' OR to_jsonb(NEW) - ARRAY['participation_id', 'updated_at']
    IS DISTINCT FROM to_jsonb(OLD) - ARRAY['participation_id', 'updated_at'])"""
# Of a review that was opened: ``party_to`` is written last.
_OPENED = "EXISTS (SELECT FROM reviews_review WHERE party_to <> '{{}}' AND id IN ({reviews}))"
# A review that never began may be taken back, with its parts.
_BEGUN = "EXISTS (SELECT FROM reviews_stepchange WHERE from_step_id IS NOT NULL AND review_id = OLD.review_id)"
_OF_REVIEW = (
    f"(TG_OP = 'DELETE' AND {_BEGUN} OR TG_OP <> 'DELETE' AND {_OPENED.format(reviews='OLD.review_id, NEW.review_id')})"
)
_OPENED_WORDS = "what is reviewed stays as the review was opened"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0022_what_was_sent_stays")]

    operations = [
        frozen("reviews_agreedtext", when="OLD.status = 'agreed'"),
        frozen_by(
            "reviews_observation", operations=_ANY, condition=f"{_TABLED} AND {_CHANGED} AND {_OF_TEXT}", words=_WORDS
        ),
        frozen_by("reviews_observation_articles", operations=_ANY, condition=_OF_OBSERVATION, words=_WORDS),
        frozen_by("reviews_summarypassage", operations=_ANY, condition=f"{_CHANGED} AND {_OF_TEXT}", words=_WORDS),
        frozen_by("reviews_summarypassage_articles", operations=_ANY, condition=_OF_PASSAGE, words=_WORDS),
        frozen_by("reviews_summarypassage_observations", operations=_ANY, condition=_OF_PASSAGE, words=_WORDS),
        frozen("reviews_noteverbale", when="OLD.status = 'approved'"),
        keeps_once("reviews_noteverbale", _NOTE, when="(OLD.status = 'submitted' OR OLD.status = 'waiting')"),
        frozen_by(
            "reviews_nomination",
            operations=_ANY,
            condition=_OF_NOTE,
            words="whom an approved note verbale names stays",
        ),
        append_only("reviews_silencenotice"),
        stays_as_once_set(
            "reviews_review",
            ("mechanism_id", "phase_id", "state_under_review_id", "code", "starts_on", "party_to"),
            when="OLD.party_to <> '{}'",
        ),
        frozen_by("reviews_review_instruments", operations=_ANY, condition=_OF_REVIEW, words=_OPENED_WORDS),
        frozen_by("reviews_reviewarticle", operations="INSERT OR DELETE", condition=_OF_REVIEW, words=_OPENED_WORDS),
    ]
