"""Which articles a published section is about, and on what a response rests, stays (docs/adr/0022)."""

from django.db import migrations

from core.database.guards import frozen_by, stays_as_once_set

_OF_PUBLISHED = """EXISTS (
    SELECT FROM questionnaires_section section
    JOIN questionnaires_part part ON part.id = section.part_id
    JOIN questionnaires_questionnaireversion version ON version.id = part.version_id AND version.status <> 'draft'
    WHERE section.id IN (OLD.section_id, NEW.section_id)
)"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0008_save_key"), ("reviews", "0023_agreed_and_opened_stays")]

    operations = [
        frozen_by(
            "questionnaires_section_articles",
            operations="INSERT OR UPDATE OR DELETE",
            condition=_OF_PUBLISHED,
            words="a published questionnaire is frozen",
        ),
        stays_as_once_set(
            "questionnaires_response", ("review_id", "version_id", "party_to"), when="OLD.review_id IS NOT NULL"
        ),
    ]
