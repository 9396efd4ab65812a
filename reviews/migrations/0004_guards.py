"""What was said, approved, opened and begun stays, whatever the statement (docs/adr/0022)."""

from django.db import migrations

from core.database.guards import (
    append_only,
    frozen,
    frozen_by,
    keeps_once,
    never_changed,
    stays_as_once_set,
    stays_as_written,
    stays_once_set,
)  # fmt: skip
from core.database.reversible import made

_APPEND_ONLY = (
    "clearance", "consultationproposal", "consultationconfirmation", "dialoguemeeting", "dialoguemeeting_participants",
    "partialteam", "silencenotice", "timechangeanswer",
)  # fmt: skip
_ANY = "INSERT OR UPDATE OR DELETE"
_PLAN = "a published version of the step plan is frozen"
# Who published it goes with the account, when somebody's account is deleted.
_PUBLISHED_PLAN = """OLD.published_at IS NOT NULL AND (
    TG_OP = 'DELETE' OR to_jsonb(NEW) - ARRAY['published_by_id', 'updated_at']
        <> to_jsonb(OLD) - ARRAY['published_by_id', 'updated_at']
)"""
_OF_PUBLISHED_PLAN = """EXISTS (
    SELECT FROM reviews_stepplanversion WHERE published_at IS NOT NULL AND id IN (OLD.version_id, NEW.version_id)
)"""
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
_ASKED = (
    "kind", "about", "state_party_id", "mechanism_id", "person_id", "participation_id", "wanted", "number", "sha256",
    "prepared_by_id",
)  # fmt: skip
# A note verbale that is discarded leaves its request behind.
_CHANGED = " OR ".join(
    [
        *(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _ASKED),
        "(OLD.note_id IS DISTINCT FROM NEW.note_id AND NEW.note_id IS NOT NULL)",
        "(OLD.approved_by_id IS NOT NULL AND OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id)",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_rooms")]

    operations = [
        *[append_only(f"reviews_{table}") for table in _APPEND_ONLY],
        # How a review was opened goes with a review that never began and is taken back.
        append_only("reviews_stepchange", may_go="OLD.from_step_id IS NULL"),
        frozen_by("reviews_stepplanversion", operations="UPDATE OR DELETE", condition=_PUBLISHED_PLAN, words=_PLAN),
        frozen_by("reviews_stepplan", operations=_ANY, condition=_OF_PUBLISHED_PLAN, words=_PLAN),
        frozen("reviews_noteverbale", when="OLD.status = 'approved'"),
        keeps_once("reviews_noteverbale", _NOTE, when="(OLD.status = 'submitted' OR OLD.status = 'waiting')"),
        frozen_by(
            "reviews_nomination",
            operations=_ANY,
            condition=_OF_NOTE,
            words="whom an approved note verbale names stays",
        ),
        made(
            "CREATE TRIGGER keeps BEFORE UPDATE ON reviews_accessrequest FOR EACH ROW"
            f" WHEN ({_CHANGED}) EXECUTE FUNCTION core_refuse()"
        ),
        stays_as_once_set(
            "reviews_review",
            ("mechanism_id", "phase_id", "state_under_review_id", "code", "starts_on", "party_to"),
            when="OLD.party_to <> '{}'",
        ),
        frozen_by("reviews_review_instruments", operations=_ANY, condition=_OF_REVIEW, words=_OPENED_WORDS),
        never_changed("reviews_reviewarticle"),
        frozen_by("reviews_reviewarticle", operations="INSERT OR DELETE", condition=_OF_REVIEW, words=_OPENED_WORDS),
        stays_as_written("reviews_statusconsent", ("mechanism_id", "state_party_id", "given_by_id", "given_at")),
        stays_once_set("reviews_statusconsent", "ended_at"),
        stays_once_set("reviews_statusconsent", "ended_by_id"),
    ]
