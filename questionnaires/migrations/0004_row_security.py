"""The second wall around answers (docs/adr/0014); the functions are those of ``reviews`` 0005."""

from django.db import migrations

from core.database.row_security import protect, protect_part

# Everything of a State's draft lies in its room; a national contributor of the State works there too.
IN_ROOM = "(review_id, room_id) IN (SELECT * FROM acting_places('answers'))"
# All who see a review may know how far its answers are; the row holds none of them.
SEES_REVIEW = """(
    review_id IN (SELECT acting_reviews()) OR (SELECT acting_secretariat('{officer,administrator,auditor}'))
)"""
OFFICER = "(SELECT acting_secretariat('{officer,administrator}'))"
AT_TABLE = "(review_id, review_id) IN (SELECT * FROM acting_places('write'))"
ON_TABLE = f"room_id IS NULL AND ({AT_TABLE} OR {OFFICER})"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_frozen_content"), ("reviews", "0005_row_security")]

    operations = [
        protect("questionnaires_response", read=SEES_REVIEW, write=IN_ROOM),
        protect_part(
            "questionnaires_sectionassignment",
            parent="questionnaires_response",
            key="response_id",
            read=IN_ROOM,
            write=IN_ROOM,
        ),
        protect("questionnaires_answer", read=IN_ROOM, write=IN_ROOM),
        protect("questionnaires_answerrevision", read=IN_ROOM, write=IN_ROOM),
        protect("questionnaires_responsesubmission", read=ON_TABLE, write=ON_TABLE),
    ]
