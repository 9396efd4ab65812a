"""The second wall around answers (docs/adr/0014); published questionnaires and what was sent stay (docs/adr/0022)."""

from django.db import migrations

from core.database.guards import append_only, frozen_by, stays_as_once_set
from core.database.row_security import protect, protect_part
from reviews.walls import OFFICER, SEES_REVIEW

# Everything of a State's draft lies in its room; a national contributor of the State works there too.
_IN_ROOM = "(review_id, room_id) IN (SELECT * FROM acting_places('answers'))"
_AT_TABLE = "(review_id, review_id) IN (SELECT * FROM acting_places('write'))"
_ON_TABLE = f"room_id IS NULL AND ({_AT_TABLE} OR {OFFICER})"
_ANY = "INSERT OR UPDATE OR DELETE"
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
_OF_PUBLISHED = """EXISTS (
    SELECT FROM questionnaires_section section
    JOIN questionnaires_part part ON part.id = section.part_id
    JOIN questionnaires_questionnaireversion version ON version.id = part.version_id AND version.status <> 'draft'
    WHERE section.id IN (OLD.section_id, NEW.section_id)
)"""


def _published(version: str) -> str:
    versions = ", ".join(f"({version.format(row=row)})" for row in ("OLD", "NEW"))
    return f"EXISTS (SELECT FROM questionnaires_questionnaireversion WHERE status <> 'draft' AND id IN ({versions}))"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial"), ("reviews", "0003_rooms")]

    operations = [
        # All who see a review may know how far its answers are; the row holds none of them.
        protect("questionnaires_response", read=SEES_REVIEW, write=_IN_ROOM, opens=True),
        protect_part(
            "questionnaires_sectionassignment",
            parent="questionnaires_response",
            key="response_id",
            read=_IN_ROOM,
            write=_IN_ROOM,
        ),
        protect("questionnaires_answer", read=_IN_ROOM, write=_IN_ROOM),
        protect("questionnaires_answerrevision", read=_IN_ROOM, write=_IN_ROOM),
        protect("questionnaires_responsesubmission", read=_ON_TABLE, write=_ON_TABLE),
        frozen_by(
            "questionnaires_questionnaireversion",
            operations="UPDATE OR DELETE",
            condition=_ONLY_RETIRES,
            words=_WORDS,
        ),
        *[
            frozen_by(f"questionnaires_{model}", operations=_ANY, condition=_published(version), words=_WORDS)
            for model, version in _PARTS.items()
        ],
        frozen_by("questionnaires_section_articles", operations=_ANY, condition=_OF_PUBLISHED, words=_WORDS),
        append_only("questionnaires_answerrevision"),
        append_only("questionnaires_responsesubmission"),
        stays_as_once_set(
            "questionnaires_response", ("review_id", "version_id", "party_to"), when="OLD.review_id IS NOT NULL"
        ),
    ]
