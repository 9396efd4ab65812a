"""Technical assistance needs are records of an observation, of types that are rows of the mechanism (docs/adr/0088)."""

from django.db import migrations, models
from django.db.migrations.operations import AddField
from django.db.models import CASCADE

from core.database.columns import key, list_of, once, table, translated
from core.database.guards import FOR_PAGES, frozen_by, refused
from core.database.row_security import protect_part
from reviews.columns import evidence
from reviews.walls import READ, WRITE

_NEED = "observations_assistanceneed"
_PRIORITIES = [("high", "High"), ("medium", "Medium"), ("low", "Low")]
_AGREED = """EXISTS (
        SELECT FROM reviews_observation piece JOIN reviews_agreedtext list ON list.id = piece.agreed_text_id
        WHERE piece.id IN (OLD.observation_id, NEW.observation_id) AND piece.tabled_revision IS NOT NULL
            AND list.status = 'agreed'
    )"""
_OF = "COALESCE(NEW.observation_id, OLD.observation_id)"
_NOT_DRAFTED = f"""{FOR_PAGES} AND EXISTS (
        SELECT FROM reviews_observation piece WHERE piece.id IN (OLD.observation_id, NEW.observation_id)
            AND piece.room_id IS NOT NULL AND NOT acting_drafter(piece.review_id, piece.room_id)
    )"""
_OTHERS_TYPE = """NOT EXISTS (
        SELECT FROM observations_assistancetype type, reviews_observation piece
        JOIN reviews_agreedtext list ON list.id = piece.agreed_text_id
        WHERE type.id = NEW.type_id AND piece.id = NEW.observation_id AND type.instrument_id = list.instrument_id
    )"""
_WRITTEN = {"on": "INSERT OR UPDATE OR DELETE", "gives": "COALESCE(NEW, OLD)"}


class Migration(migrations.Migration):
    dependencies = [("observations", "0009_suggestions_of_wording")]

    operations = [
        table("AssistanceType", "type of technical assistance", "types of technical assistance", [
            *evidence(),
            ("instrument", key("reviews.instrument", "instrument", "assistance_types")),
            ("key", models.SlugField("key")),
            ("order", models.PositiveSmallIntegerField("order")),
            *translated("name", models.CharField, max_length=300, verbose_name="name"),
            ("wordings", list_of(models.CharField(max_length=400), "other wordings in questionnaires", blank=True)),
        ], [once("one_assistance_type_a_key", "instrument", "key")], ordering=["instrument__order", "order"]),
        table("AssistanceNeed", "technical assistance need", "technical assistance needs", [
            ("observation", key("observations.observation", "observation", "needs", rule=CASCADE)),
            ("order", models.PositiveSmallIntegerField("order")),
            ("type", key("observations.assistancetype", "type of technical assistance")),
            ("article_numbers", list_of(models.PositiveSmallIntegerField(), "articles", blank=True)),
            ("priority", models.CharField("priority", max_length=10, choices=_PRIORITIES, blank=True)),
            ("received", models.CharField(
                "already received", max_length=10, choices=[("yes", "Yes, already"), ("no", "Not yet")], blank=True
            )),
            ("received_from", models.CharField("received from", max_length=300, blank=True)),
            ("description", models.TextField("description", blank=True)),
        ], [once("one_need_a_place", "observation", "order")], ordering=["order"]),
        AddField("observationrevision", "needs", models.JSONField(
            "needs", default=list, db_default=models.Value([], models.JSONField())
        )),
        # Its observation lies in a room or on the table, and answers for it.
        protect_part(_NEED, parent="reviews_observation", key="observation_id", read=READ, write=WRITE),
        frozen_by(_NEED, condition=_AGREED, words="a text on which the States have agreed is frozen"),
        refused(
            _NEED, "by_its_state", condition=f"{FOR_PAGES} AND NOT acting_rewords({_OF})", **_WRITTEN,
            words="an observation on the table changes by the focal point of its State",
        ),
        refused(
            _NEED, "written_by_drafters", condition=_NOT_DRAFTED, **_WRITTEN,
            words="what lies in a room is written by focal point and experts of its State",
        ),
        refused(
            _NEED, "of_its_instrument", on="INSERT OR UPDATE", condition=_OTHERS_TYPE, past_rooms=True,
            words="a need is of a type of the instrument of its list",
        ),
    ]  # fmt: skip
