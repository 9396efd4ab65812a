"""A contributor reads all official answers where the focal point lets him or her, and nothing else besides (0086)."""

from django.db import migrations
from django.db.models import CASCADE

from core.database.columns import key, one_key, people, table
from core.database.guards import FOR_PAGES, refused
from core.database.row_security import LOOKING, ME, THE_SYSTEM, also_readable, close
from reviews.walls import OWN_ROOM

_LEAVE, _RESPONSE = "questionnaires_readingleave", "questionnaires_response"
_OF_DRAFTERS = f"EXISTS (SELECT FROM {_RESPONSE} parent WHERE parent.id = response_id AND {OWN_ROOM})"
_OWN = f"""participation_id IN (
    SELECT part.id FROM reviews_participation part WHERE part.user_id = {ME} AND part.ended_at IS NULL
)"""
# The answers to the version of now, as the page of them; to earlier ones it shows none.
_BY_LEAVE = f"""response_id IN (
    SELECT given.response_id FROM {_LEAVE} given
    JOIN reviews_participation part
        ON part.id = given.participation_id AND part.user_id = {ME} AND part.ended_at IS NULL
) AND EXISTS (
    SELECT FROM {_RESPONSE} parent
    JOIN questionnaires_question asked ON asked.version_id = parent.version_id
    WHERE parent.id = questionnaires_answer.response_id AND asked.id = questionnaires_answer.question_id
)"""
# By the focal point, in the own name, to a contributor of the same State and review.
_NOT_GIVEN = f"""{FOR_PAGES} AND NOT EXISTS (
    SELECT FROM {_RESPONSE} row WHERE row.id = COALESCE(NEW.response_id, OLD.response_id)
        AND acting_focal_point(row.review_id, row.room_id)
        AND (TG_OP = 'DELETE' OR TG_OP = 'INSERT' AND NEW.given_by_id IS NOT DISTINCT FROM acting_person()
            AND EXISTS (
                SELECT FROM reviews_participation part WHERE part.id = NEW.participation_id
                    AND part.review_id = row.review_id AND part.state_party_id = row.room_id
                    AND part.role = 'national_contributor' AND part.ended_at IS NULL
            ))
)"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0004_written_by_drafters")]

    operations = [
        table("ReadingLeave", "leave to read all answers", "leaves to read all answers", [
            ("response", key("questionnaires.response", "response", "reading_leaves", rule=CASCADE)),
            ("participation", one_key("reviews.participation", "contributor", "reading_leave", rule=CASCADE)),
            *people({}, given_by="given by"),
        ]),
        close(_LEAVE, read=f"{LOOKING} OR {_OF_DRAFTERS} OR {_OWN}", write=f"{THE_SYSTEM} OR {_OF_DRAFTERS}"),
        also_readable("questionnaires_answer", "read_by_leave", _BY_LEAVE),
        refused(
            _LEAVE, "given_by_focal_point", on="INSERT OR UPDATE OR DELETE", condition=_NOT_GIVEN,
            words="the focal point lets contributors read all answers", gives="COALESCE(NEW, OLD)",
        ),
    ]  # fmt: skip
