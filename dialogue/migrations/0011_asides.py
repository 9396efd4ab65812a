"""Internal threads in the room of each State (docs/adr/0095)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q

from core.database.columns import NULL, holds, key, moments, people
from core.database.guards import guarded, refused, refused_on, stays_as_written
from core.database.row_security import protect
from reviews.columns import room_table
from reviews.walls import OWN_ROOM, OWN_WORDS, WRITES, not_said_by, written_by_drafters

_ASIDE, _NOTE = "dialogue_aside", "dialogue_asidenote"
_SUBJECTS = [
    ("question", "An answer"), ("feedback", "Written feedback"), ("observation", "An observation"), ("law", "A law"),
    ("legal_system", "The legal system"), ("review", "The review as a whole"),
]  # fmt: skip
_ELSEWHERE = f"""NOT EXISTS (
    SELECT FROM {_ASIDE} whole
    WHERE whole.id = NEW.aside_id AND whole.review_id = NEW.review_id AND whole.room_id = NEW.room_id
)"""


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0010_threads")]

    operations = [
        room_table("Aside", "internal thread", "internal threads", [
            ("subject", models.CharField("about", max_length=20, choices=_SUBJECTS)),
            ("matter", models.CharField("about which", max_length=300, blank=True)),
            *moments(NULL, resolved_at="resolved at"),
            *people(NULL, resolved_by="resolved by"),
        ], [holds("aside_lies_in_a_room", Q(room__isnull=False))], ordering=["created_at"]),
        room_table("AsideNote", "internal note", "internal notes", [
            ("aside", key("dialogue.aside", "internal thread", "notes", rule=CASCADE)),
            ("text", models.TextField("text")),
            *people({}, written_by="written by"),
            *people(NULL, mentioned="mentions"),
            *moments(NULL, seen_at="seen at"),
        ], [holds("aside_note_lies_in_a_room", Q(room__isnull=False))], ordering=["created_at"]),
        protect(_ASIDE, read=OWN_ROOM, write=OWN_ROOM),
        protect(_NOTE, read=OWN_ROOM, write=OWN_ROOM),
        *[written_by_drafters(table) for table in (_ASIDE, _NOTE)],
        *[guarded(table, "stays", on="DELETE", when="OLD.room_id IS NOT NULL") for table in (_ASIDE, _NOTE)],
        stays_as_written(_ASIDE, ("review_id", "room_id", "language", "subject", "matter")),
        stays_as_written(
            _NOTE, ("review_id", "room_id", "language", "aside_id", "text", "written_by_id", "mentioned_id"),
            once=("seen_at",),
        ),
        refused(
            _NOTE, "in_own_name", on="INSERT", words=OWN_WORDS,
            condition=not_said_by("written_by_id", "room_id", who=WRITES),
        ),
        refused_on(_NOTE, name="of_its_thread", condition=_ELSEWHERE, words="a note lies in the room of its thread"),
    ]  # fmt: skip
