"""Triggers that freeze a questionnaire once its version is published."""

import pgtrigger

# SQL for the key of the version to which a row of each table belongs.
VERSION_OF_PART = "{row}.version_id"
VERSION_OF_SECTION = "SELECT version_id FROM questionnaires_part WHERE id = {row}.part_id"
VERSION_OF_QUESTION = "{row}.version_id"
VERSION_OF_QUESTION_ROW = "SELECT version_id FROM questionnaires_question WHERE id = {row}.question_id"


def frozen_when_published(version_of_row: str) -> pgtrigger.Trigger:
    """Refuse to add, change or delete a row of a version that is no draft."""
    versions = ", ".join(f"({version_of_row.format(row=row)})" for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name="frozen_when_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF EXISTS (
                SELECT FROM questionnaires_questionnaireversion WHERE status <> 'draft' AND id IN ({versions})
            ) THEN
                RAISE EXCEPTION 'a published questionnaire is frozen';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


def only_retires() -> pgtrigger.Trigger:
    """Refuse every change of a version that is no draft but that of its status, which never becomes draft again."""
    return pgtrigger.Trigger(
        name="frozen_when_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF OLD.status <> 'draft' AND (
                TG_OP = 'DELETE' OR NEW.status = 'draft'
                OR to_jsonb(NEW) - ARRAY['status', 'updated_at'] <> to_jsonb(OLD) - ARRAY['status', 'updated_at']
            ) THEN
                RAISE EXCEPTION 'a published questionnaire is frozen';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )
