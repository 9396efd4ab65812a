"""Triggers of the database's own in the place of those that a setting of the session switches off (docs/adr/0022)."""

import pgtrigger.migrations
from django.db import migrations

from core.database.guards import append_only, frozen, frozen_by, keeps, never_changed

_APPEND_ONLY = (
    "clearance", "consultationproposal", "consultationconfirmation", "objection", "observationrevision", "partialteam",
    "timechangeanswer",
)  # fmt: skip
_PLAN = "a published version of the step plan is frozen"
# Who published it goes with the account, when somebody's account is deleted.
_PUBLISHED_PLAN = """OLD.published_at IS NOT NULL AND (
    TG_OP = 'DELETE' OR to_jsonb(NEW) - ARRAY['published_by_id', 'updated_at']
        <> to_jsonb(OLD) - ARRAY['published_by_id', 'updated_at']
)"""
_OF_PUBLISHED_PLAN = """EXISTS (
    SELECT FROM reviews_stepplanversion WHERE published_at IS NOT NULL AND id IN (OLD.version_id, NEW.version_id)
)"""
_OF_SENT_FEEDBACK = """EXISTS (
    SELECT FROM reviews_writtenfeedback WHERE status = 'sent' AND id IN (OLD.feedback_id, NEW.feedback_id)
)"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0016_kept_renderings"), ("core", "0005_guards")]

    operations = [
        *[pgtrigger.migrations.RemoveTrigger(model, "append_only") for model in (*_APPEND_ONLY, "stepchange")],
        pgtrigger.migrations.RemoveTrigger("writtenfeedback", "frozen_once_sent"),
        pgtrigger.migrations.RemoveTrigger("textversion", "frozen_version"),
        pgtrigger.migrations.RemoveTrigger("stepplanversion", "frozen_when_published"),
        pgtrigger.migrations.RemoveTrigger("stepplan", "frozen_when_published"),
        *[append_only(f"reviews_{model}") for model in _APPEND_ONLY],
        # How a review was opened goes with a review that never began and is taken back.
        append_only("reviews_stepchange", may_go="OLD.from_step_id IS NULL"),
        never_changed("reviews_reviewarticle"),
        frozen("reviews_writtenfeedback", when="OLD.status = 'sent'"),
        frozen_by(
            "reviews_feedbackcomment",
            operations="INSERT OR UPDATE OR DELETE",
            condition=_OF_SENT_FEEDBACK,
            words="written feedback that was sent is frozen",
        ),
        keeps(
            "reviews_textversion",
            ("agreed_text_id", "number", "document", "sha256", "words", "proposed_by_id", "proposed_for_id"),
        ),
        frozen_by("reviews_stepplanversion", operations="UPDATE OR DELETE", condition=_PUBLISHED_PLAN, words=_PLAN),
        frozen_by(
            "reviews_stepplan",
            operations="INSERT OR UPDATE OR DELETE",
            condition=_OF_PUBLISHED_PLAN,
            words=_PLAN,
        ),
    ]
