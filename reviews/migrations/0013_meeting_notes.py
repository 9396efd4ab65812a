"""Notes of a meeting that was held, on which the States that met agree (docs/adr/0090)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q
from django.utils import timezone

from core.database.columns import NULL, holds, key, once, one_key, people, shown, table
from core.database.guards import FOR_PAGES, changed, frozen, guarded, refused, refused_on, stays_as_written
from core.database.row_security import protect, protect_part
from reviews.columns import room_table
from reviews.walls import ANY_OFFICER, OWN_WORDS, READ, WRITE, WRITES, not_said_by, written_by_drafters

_NOTES, _ANSWER = "reviews_meetingnotes", "reviews_notesanswer"
_STATUS = [("draft", "Draft"), ("laid", "Laid before the States"), ("agreed", "Agreed")]
_DRAFT = Q(status="draft", room__isnull=False, laid_at=None)
_LAID = Q(room=None, laid_at__isnull=False) & ~Q(sha256="")
_IS_LAID = "OLD.room_id IS NOT NULL AND NEW.room_id IS NULL"
_TEXT = changed(("text", "revision", "sha256", "saved_by_id"))
_REVIEW = f"(SELECT row.review_id FROM {_NOTES} row WHERE row.id = NEW.notes_id)"
_BY_ANOTHER = f"""{FOR_PAGES} AND NOT (acting_focal_point(OLD.review_id, OLD.drafted_for_id)
    OR OLD.drafted_for_id IS NULL AND {ANY_OFFICER})"""
# A State that met, still takes part and is waited for, and has not agreed to this revision.
_WAITS = """EXISTS (
    SELECT FROM reviews_dialoguemeeting_participants met
    JOIN reviews_participation part ON part.id = met.participation_id
    WHERE met.dialoguemeeting_id = NEW.meeting_id
    AND (part.state_party_id = (SELECT state_under_review_id FROM reviews_review WHERE id = NEW.review_id)
        OR part.state_party_id IN (SELECT state_party_id FROM reviews_reviewingstate WHERE review_id = NEW.review_id))
    AND NOT COALESCE(
        (SELECT said.agrees FROM reviews_notesanswer said WHERE said.notes_id = NEW.id
            AND said.revision = NEW.revision AND said.sha256 = NEW.sha256
            AND said.state_party_id = part.state_party_id),
        EXISTS (SELECT FROM reviews_partialteam row WHERE row.review_id = NEW.review_id
            AND row.state_party_id = part.state_party_id)
    )
)"""
_NOT_ASKED = f"""NOT EXISTS (SELECT FROM {_NOTES} row WHERE row.id = NEW.notes_id AND row.status = 'laid'
    AND row.revision = NEW.revision AND row.sha256 = NEW.sha256)"""
# The secretariat has no room, and a State begins in its own.
_BEGINS = f"{FOR_PAGES} AND NEW.room_id IS DISTINCT FROM NEW.drafted_for_id"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_meeting_polls")]

    operations = [
        room_table("MeetingNotes", "notes of a meeting", "notes of meetings", [
            ("meeting", one_key("reviews.dialoguemeeting", "meeting of the experts", "notes")),
            *shown("text", "notes"),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("status", models.CharField("status", max_length=10, choices=_STATUS, default="draft")),
            ("sha256", models.CharField("SHA-256", max_length=64, blank=True)),
            ("drafted_for", key("accounts.stateparty", "drafted for", **NULL)),
            *people({}, saved_by="saved by"),
            ("laid_at", models.DateTimeField("laid before the States at", **NULL)),
            ("agreed_at", models.DateTimeField("agreed at", **NULL)),
        ], [
            holds("notes_are_a_draft_in_a_room_or_laid_with_a_hash", _DRAFT | ~Q(status="draft") & _LAID),
            holds(
                "notes_are_agreed_at_a_time",
                Q(status="agreed", agreed_at__isnull=False) | ~Q(status="agreed") & Q(agreed_at=None),
            ),
        ], ordering=["created_at"]),
        table("NotesAnswer", "answer to the notes of a meeting", "answers to the notes of meetings", [
            ("state_party", key("accounts.stateparty", "State")),
            ("agrees", models.BooleanField("agrees")),
            ("note", models.TextField("note", blank=True)),
            *people({}, answered_by="answered by"),
            ("answered_at", models.DateTimeField("answered at", default=timezone.now)),
            ("notes", key("reviews.meetingnotes", "notes", "answers", rule=CASCADE)),
            ("revision", models.PositiveIntegerField("revision")),
            ("sha256", models.CharField("SHA-256", max_length=64)),
        ], [once("one_answer_a_notes_state_and_revision", "notes", "state_party", "revision")], ordering=["answered_at"]),
        protect(_NOTES, read=READ, write=WRITE),
        protect_part(_ANSWER, parent=_NOTES, key="notes_id", read=READ, write=WRITE),
        frozen(_NOTES, when="OLD.status = 'agreed'"),
        guarded(
            _NOTES, "stays_on_table", on="UPDATE", when="OLD.room_id IS NULL AND NEW.room_id IS NOT NULL",
            words="notes that are laid before the States stay there",
        ),
        guarded(_NOTES, "laid_by_focal_point", on="UPDATE", when=_IS_LAID, function="reviews_laid_by_focal_point"),
        written_by_drafters(_NOTES),
        stays_as_written(_NOTES, ("review_id", "meeting_id", "drafted_for_id")),
        refused(
            _NOTES, "in_own_name", on="INSERT", words=OWN_WORDS,
            condition=not_said_by("saved_by_id", "drafted_for_id", who=WRITES, or_officer=True),
        ),
        refused(
            _NOTES, "begins_at_home", on="INSERT", condition=_BEGINS, words="a State begins notes in its own room",
        ),
        refused(
            _NOTES, "by_who_drafts", on="UPDATE", when=f"OLD.room_id IS NULL AND ({_TEXT})", condition=_BY_ANOTHER,
            words="notes on the table are changed by the focal point of the State that drafts them",
        ),
        refused(
            _NOTES, "said_by_all", on="UPDATE", when="NEW.status = 'agreed' AND OLD.status <> 'agreed'",
            condition=_WAITS, past_rooms=True, words="notes are agreed once all States that met have agreed to them",
        ),
        refused(
            _ANSWER, "in_own_name", on="INSERT OR UPDATE", words=OWN_WORDS,
            condition=not_said_by("answered_by_id", "state_party_id", review=_REVIEW),
        ),
        stays_as_written(_ANSWER, ("notes_id", "state_party_id", "revision", "sha256")),
        refused_on(
            _ANSWER, name="of_what_stands", condition=_NOT_ASKED,
            words="an answer is given to notes as they stand",
        ),
    ]  # fmt: skip
