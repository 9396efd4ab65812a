"""Triggers of the database's own in the place of those that a setting of the session switches off (docs/adr/0022)."""

import pgtrigger.migrations
from django.db import migrations

from core.database.guards import append_only, frozen_by

_WORDS = "a published questionnaire is frozen"
# A version that is no draft: nothing of it changes but its status, which never becomes draft again.
_ONLY_RETIRES = """OLD.status <> 'draft' AND (
    TG_OP = 'DELETE' OR NEW.status = 'draft'
    OR to_jsonb(NEW) - ARRAY['status', 'updated_at'] <> to_jsonb(OLD) - ARRAY['status', 'updated_at']
)"""
# To which version a row belongs.
_OWN = "{row}.version_id"
_OF_SECTION = "SELECT version_id FROM questionnaires_part WHERE id = {row}.part_id"
_OF_QUESTION = "SELECT version_id FROM questionnaires_question WHERE id = {row}.question_id"
_PARTS = {
    "part": _OWN,
    "section": _OF_SECTION,
    "question": _OWN,
    "questionoption": _OF_QUESTION,
    "condition": _OF_QUESTION,
}


def _published(version: str) -> str:
    versions = ", ".join(f"({version.format(row=row)})" for row in ("OLD", "NEW"))
    return f"EXISTS (SELECT FROM questionnaires_questionnaireversion WHERE status <> 'draft' AND id IN ({versions}))"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0006_kept_renderings"), ("core", "0005_guards")]

    operations = [
        *[
            pgtrigger.migrations.RemoveTrigger(model, "frozen_when_published")
            for model in ("questionnaireversion", *_PARTS)
        ],
        pgtrigger.migrations.RemoveTrigger("answerrevision", "append_only"),
        pgtrigger.migrations.RemoveTrigger("responsesubmission", "frozen"),
        frozen_by(
            "questionnaires_questionnaireversion",
            operations="UPDATE OR DELETE",
            condition=_ONLY_RETIRES,
            words=_WORDS,
        ),
        *[
            frozen_by(
                f"questionnaires_{model}",
                operations="INSERT OR UPDATE OR DELETE",
                condition=_published(version),
                words=_WORDS,
            )
            for model, version in _PARTS.items()
        ],
        append_only("questionnaires_answerrevision"),
        append_only("questionnaires_responsesubmission"),
    ]
