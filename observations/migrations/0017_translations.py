"""Translations of texts, of which a translator reads the own orders and no other row of a review (docs/adr/0092)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q

from core.database.columns import LANGUAGES, MAYBE, NULL, USER, holds, key, once, table
from core.database.guards import FOR_PAGES, changed, frozen, guarded, refused, stays_as_written
from core.database.row_security import also_changed, also_readable, protect
from reviews.columns import evidence
from reviews.walls import AT_TABLE, EVERY_SECRETARIAT_ROLE, OFFICER, OWN_ROOM, OWN_WORDS, not_said_by

_TABLE = "observations_translationorder"
_ORDERED = (
    "review_id", "language", "agreed_text_id", "version_id", "translator_id", "ordered_by_id", "ordered_for_id",
    "due_on", "word_count", "remark", "document", "sha256", "created_at",
)  # fmt: skip
# Of the State that ordered it, also where the reviewing States share their room, until it lies on the table.
_PLACE = f"({OWN_ROOM}) OR room_id IS NULL AND (({AT_TABLE}) OR {OFFICER})"
# Who has become another State's person in the review, or one of the secretariat, is no translator in it any more.
_TRANSLATOR = f"""translator_id = (SELECT acting_person()) AND ended_at IS NULL AND NOT {EVERY_SECRETARIAT_ROLE}
    AND NOT EXISTS (
        SELECT FROM acting_places('answers') part WHERE part.review_id = {_TABLE}.review_id
            AND part.place NOT IN ({_TABLE}.review_id, {_TABLE}.ordered_for_id)
    )"""
_LIES = Q(room__isnull=False, confirmed_at=None, confirmed_sha256="") | Q(
    room=None, confirmed_at__isnull=False, ended_at__isnull=False
) & ~Q(confirmed_sha256="")
# What is ordered is a version of that text, word for word.
_NOT_OF_ITS_TEXT = """NOT EXISTS (
        SELECT FROM reviews_textversion version JOIN reviews_agreedtext piece ON piece.id = version.agreed_text_id
        WHERE version.id = NEW.version_id AND piece.id = NEW.agreed_text_id AND piece.review_id = NEW.review_id
            AND version.sha256 = NEW.sha256 AND version.document = NEW.document
    )"""
_FOCAL_POINT = "acting_focal_point(OLD.review_id, OLD.ordered_for_id)"
_NOT_WRITTEN_BY = f"{FOR_PAGES} AND NOT (OLD.translator_id = acting_person() OR {_FOCAL_POINT})"
_NOT_ENDED_BY = f"{FOR_PAGES} AND NOT (NEW.ended_by_id IS NOT DISTINCT FROM acting_person() AND {_FOCAL_POINT})"


class Migration(migrations.Migration):
    dependencies = [("observations", "0016_records_stay_in_place"), ("reviews", "0016_notes_taken_up")]

    operations = [
        table("TranslationOrder", "translation of a text", "translations of texts", [
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("room", key("accounts.stateparty", "room", **MAYBE)),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("agreed_text", key("observations.agreedtext", "text", "translations", rule=CASCADE)),
            ("version", key("observations.textversion", "version", "translations", rule=CASCADE)),
            ("translator", key(USER, "translator")),
            ("ordered_by", key(USER, "ordered by")),
            ("ordered_for", key("accounts.stateparty", "ordered for")),
            ("due_on", models.DateField("due on")),
            ("word_count", models.PositiveIntegerField("words")),
            ("remark", models.TextField("remark", blank=True)),
            ("document", models.JSONField("document")),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("words", models.JSONField("translated segments", default=dict, blank=True)),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("handed_in_at", models.DateTimeField("handed in at", **NULL)),
            ("ended_at", models.DateTimeField("ended at", **NULL)),
            ("ended_by", key(USER, "ended by", **NULL)),
            ("confirmed_at", models.DateTimeField("confirmed at", **NULL)),
            ("confirmed_sha256", models.CharField("SHA-256 of the translation", max_length=64, blank=True)),
        ], [
            holds("translation_confirmed_lies_on_the_table", _LIES),
            models.UniqueConstraint(
                fields=["agreed_text", "language", "room"], condition=Q(ended_at=None),
                name="one_running_translation_a_state_and_language",
            ),
        ], ordering=["language", "created_at"]),
        table("Term", "term", "terms", [
            *evidence(),
            ("concept", models.SlugField("concept", max_length=60)),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("words", models.CharField("term", max_length=120)),
        ], [once("one_term_a_concept_and_language", "concept", "language")], ordering=["concept", "language"]),
        protect(_TABLE, read=_PLACE, write=_PLACE),
        also_readable(_TABLE, "translator_reads", _TRANSLATOR),
        also_changed(_TABLE, "translator_writes", _TRANSLATOR),
        stays_as_written(_TABLE, _ORDERED),
        frozen(_TABLE, when="OLD.ended_at IS NOT NULL"),
        guarded(
            _TABLE, "begins_in_its_room", on="INSERT", when="NEW.room_id IS DISTINCT FROM NEW.ordered_for_id",
            words="a translation begins in the room of the State that orders it",
        ),
        refused(
            _TABLE, "of_its_text", on="INSERT", condition=_NOT_OF_ITS_TEXT, past_rooms=True,
            words="what is translated is a version of its text, word for word",
        ),
        refused(
            _TABLE, "in_own_name", on="INSERT", words=OWN_WORDS,
            condition=not_said_by("ordered_by_id", "ordered_for_id"),
        ),
        refused(
            _TABLE, "written_by_who_may", on="UPDATE", when=changed(("words", "revision", "handed_in_at")),
            condition=_NOT_WRITTEN_BY, words="a translation is written by its translator, or by who ordered it",
        ),
        refused(
            _TABLE, "ended_by_who_ordered", on="UPDATE",
            when=changed(("room_id", "ended_at", "ended_by_id", "confirmed_at", "confirmed_sha256")),
            condition=_NOT_ENDED_BY,
            words="who speaks for the State that ordered a translation confirms it, or ends the order",
        ),
        guarded(
            _TABLE, "laid_by_focal_point", on="UPDATE", when="OLD.room_id IS NOT NULL AND NEW.room_id IS NULL",
            function="reviews_laid_by_focal_point",
        ),
    ]  # fmt: skip
