"""Triggers that freeze the content of a questionnaire once its version is published."""

import pgtrigger


def frozen_when_published(version_of_row: str) -> pgtrigger.Trigger:
    """Refuse to change or delete a row whose version is no draft. ``version_of_row`` is SQL for its version's key."""
    return pgtrigger.Trigger(
        name="frozen_when_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF (SELECT status FROM questionnaires_questionnaireversion WHERE id = ({version_of_row})) <> 'draft' THEN
                RAISE EXCEPTION 'a published questionnaire is frozen';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608 - the SQL is ours
    )


VERSION_OF_PART = "OLD.version_id"
VERSION_OF_SECTION = "SELECT version_id FROM questionnaires_part WHERE id = OLD.part_id"
VERSION_OF_QUESTION = "OLD.version_id"
VERSION_OF_QUESTION_ROW = "SELECT version_id FROM questionnaires_question WHERE id = OLD.question_id"
