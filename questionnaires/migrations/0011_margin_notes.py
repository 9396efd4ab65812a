"""Margin notes at a question: for those who draft for the State, and the one contributor whom a thread is addressed to
(docs/adr/0064). Nobody changes what another person has written.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, PROTECT, ForeignKey, UniqueConstraint

from core.database.columns import base
from core.database.guards import stays_as_written
from core.database.row_security import LOOKING, ME, THE_SYSTEM, close, protect
from core.language.i18n import UN_LANGUAGES

_USER = settings.AUTH_USER_MODEL
_IN_ROOM = "(review_id, room_id) IN (SELECT * FROM acting_places('answers'))"
_DRAFTED = "(review_id, room_id) IN (SELECT * FROM acting_places('write'))"
_OWN = f"""participation_id IN (
    SELECT part.id FROM reviews_participation part WHERE part.user_id = {ME} AND part.ended_at IS NULL
)"""
# Who reads the thread reads its notes; the policies of the outer table are asked as well.
_OF_THREAD = "EXISTS (SELECT FROM questionnaires_marginthread thread WHERE thread.id = thread_id)"
_OF_NOTE = "EXISTS (SELECT FROM questionnaires_marginnote note WHERE note.id = note_id)"


def _key(to: str, name: str, related_name: str = "+", *, on_delete: object = PROTECT, **options: bool) -> ForeignKey:
    return ForeignKey(to, on_delete, related_name=related_name, verbose_name=name, **options)


def _in_room() -> list[tuple[str, models.Field]]:
    return [
        *base(),
        ("language", models.CharField("language", max_length=10, choices=UN_LANGUAGES)),
        ("review", _key("reviews.review", "review", on_delete=CASCADE)),
        ("room", _key("accounts.stateparty", "room", null=True, blank=True)),
    ]


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0010_versions")]

    operations = [
        migrations.CreateModel(
            "MarginThread",
            [
                *_in_room(),
                ("resolved_at", models.DateTimeField("resolved at", null=True)),
                ("resolved_by", _key(_USER, "resolved by", null=True)),
                ("response", _key("questionnaires.response", "response", "threads", on_delete=CASCADE)),
                ("question", _key("questionnaires.question", "question")),
                ("participation", _key("reviews.participation", "addressed to", "threads", null=True)),
            ],
            options={
                "verbose_name": "thread of margin notes",
                "verbose_name_plural": "threads of margin notes",
                "ordering": ["response", "created_at"],
            },
        ),
        migrations.CreateModel(
            "MarginNote",
            [
                *_in_room(),
                ("text", models.TextField("text")),
                ("edited_at", models.DateTimeField("changed at", null=True)),
                ("written_by", _key(_USER, "written by")),
                ("thread", _key("questionnaires.marginthread", "thread", "notes", on_delete=CASCADE)),
            ],
            options={
                "verbose_name": "margin note",
                "verbose_name_plural": "margin notes",
                "ordering": ["thread", "created_at"],
            },
        ),
        migrations.CreateModel(
            "MarginMention",
            [
                *_in_room(),
                ("seen_at", models.DateTimeField("seen at", null=True)),
                ("user", _key(_USER, "person", on_delete=CASCADE)),
                ("note", _key("questionnaires.marginnote", "note", "mentions", on_delete=CASCADE)),
            ],
            options={
                "verbose_name": "mention in a margin note",
                "verbose_name_plural": "mentions in margin notes",
                "constraints": [UniqueConstraint(fields=["note", "user"], name="one_mention_a_note")],
            },
        ),
        protect(
            "questionnaires_marginthread",
            read=f"{_DRAFTED} OR {_OWN}",
            write=f"{_DRAFTED} OR ({_IN_ROOM} AND {_OWN})",
        ),
        stays_as_written(
            "questionnaires_marginthread",
            ["response_id", "question_id", "participation_id", "review_id", "room_id"],
        ),
        close(
            "questionnaires_marginnote",
            read=f"{LOOKING} OR {_OF_THREAD}",
            added=f"{THE_SYSTEM} OR (written_by_id = {ME} AND {_OF_THREAD})",
            write=f"{THE_SYSTEM} OR (written_by_id = {ME} AND {_OF_THREAD})",
        ),
        stays_as_written("questionnaires_marginnote", ["thread_id", "written_by_id", "created_at"]),
        close(
            "questionnaires_marginmention",
            read=f"{LOOKING} OR user_id = {ME} OR {_OF_NOTE}",
            added=f"{THE_SYSTEM} OR {_OF_NOTE}",
            write=f"{THE_SYSTEM} OR user_id = {ME}",
        ),
    ]
