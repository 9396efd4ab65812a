"""Parts are sent to a ministry as well, a row for each of its people, who read each other's proposals (0086)."""

from django.db import migrations
from django.db.migrations.operations import AddField

from core.database.columns import NULL, key
from core.database.row_security import also_changed, also_readable

_ASSIGNMENT = "questionnaires_sectionassignment"
_OF_MINE = "ministry_id IN (SELECT acting_ministries())"
# What a colleague, or who was one, proposes for what both have as people of one ministry; in words of its people, or
# brought in from its file: not what a contributor of elsewhere had written, with which a colleague goes on.
_OF_COLLEAGUE = f"""EXISTS (
    SELECT FROM {_ASSIGNMENT} sent
    JOIN questionnaires_question asked
        ON asked.id = questionnaires_proposal.question_id AND asked.section_id = sent.section_id
    LEFT JOIN questionnaires_question head ON head.id = sent.question_id
    WHERE sent.response_id = questionnaires_proposal.response_id
        AND sent.participation_id = questionnaires_proposal.participation_id
        AND sent.ministry_id IN (SELECT acting_ministries())
        AND (head.id IS NULL OR head.id = asked.id OR starts_with(asked.code, head.code || '.'))
        AND (
            EXISTS (
                SELECT FROM reviews_participation wrote
                JOIN reviews_ministrymember member ON member.participation_id = wrote.id
                WHERE wrote.user_id = questionnaires_proposal.saved_by_id AND member.ministry_id = sent.ministry_id
            )
            OR NOT EXISTS (
                SELECT FROM reviews_participation wrote
                WHERE wrote.review_id = questionnaires_proposal.review_id
                    AND wrote.user_id = questionnaires_proposal.saved_by_id AND wrote.role = 'national_contributor'
            )
        )
)"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0005_reading_leaves"), ("reviews", "0015_ministries")]

    operations = [
        AddField("sectionassignment", "ministry", key("reviews.ministry", "ministry", "assignments", **NULL)),
        # What is said of a part is said for the ministry; which columns, another wall holds.
        also_readable(_ASSIGNMENT, "of_ministry", _OF_MINE),
        also_changed(_ASSIGNMENT, "for_ministry", _OF_MINE),
        also_readable("questionnaires_proposal", "of_colleague", _OF_COLLEAGUE),
    ]
