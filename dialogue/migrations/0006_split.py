"""Who of a reviewing State is on which section of the desk, and which State leads on it (docs/adr/0079)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q

from core.database.columns import holds, key, once, people
from core.database.guards import never_changed, refused_on, stays_as_written
from core.database.row_security import protect
from reviews.columns import room_table
from reviews.walls import OWN_ROOM

_KEEPER, _LEAD = "dialogue_sectionkeeper", "dialogue_sectionlead"
_SECTION = ("section", models.CharField("section", max_length=140))
_OF_ANOTHER = """NOT EXISTS (SELECT FROM reviews_participation part WHERE part.id = NEW.participation_id
    AND part.review_id = NEW.review_id AND part.state_party_id = NEW.room_id AND part.side = 'reviewing')"""
# The people of the reviewing States, whatever they share; its focal point alone tells it for a State.
_REVIEWS = """review_id IN (SELECT part.review_id FROM reviews_participation part
    WHERE part.user_id = (SELECT acting_person()) AND part.ended_at IS NULL AND part.side = 'reviewing')"""
_TELLS = f"({OWN_ROOM} AND {_REVIEWS} AND acting_focal_point(review_id, room_id))"


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0005_of_their_states")]

    operations = [
        room_table("SectionKeeper", "keeper of a section", "keepers of sections", [
            _SECTION,
            ("participation", key("reviews.participation", "person", rule=CASCADE)),
            *people({}, set_by="set by"),
        ], [
            holds("keeper_lies_in_a_room", Q(room__isnull=False)),
            once("one_keeper_a_section", "review", "room", "section"),
        ]),
        room_table("SectionLead", "lead on a section", "leads on sections", [
            _SECTION,
            *people({}, set_by="set by"),
        ], [
            holds("lead_is_of_a_state", Q(room__isnull=False)),
            once("one_lead_a_section", "review", "room", "section"),
        ]),
        protect(_KEEPER, read=OWN_ROOM, write=OWN_ROOM),
        protect(_LEAD, read=_REVIEWS, write=_TELLS),
        stays_as_written(_KEEPER, ("review_id", "room_id", "section")),
        never_changed(_LEAD),
        refused_on(
            _KEEPER, name="of_its_state", condition=_OF_ANOTHER,
            words="on a section of the desk is somebody of the reviewing State",
        ),
    ]  # fmt: skip
