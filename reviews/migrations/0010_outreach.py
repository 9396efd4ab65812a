"""Letters to the offices of States, and what missions send by their links (docs/adr/0045)."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion

import reviews.outreach.models
from core.database.columns import base
from core.database.guards import keeps, stays_as_written
from core.database.reversible import made
from core.database.row_security import AT_THE_DOOR, LOOKING, THE_SYSTEM, close
from reviews.walls import OFFICER

_LANGUAGES = [
    ("ar", "Arabic"), ("zh-hans", "Chinese"), ("en", "English"), ("fr", "French"), ("ru", "Russian"), ("es", "Spanish"),
]  # fmt: skip
_KINDS = [
    ("written", "Written by an officer"), ("repeated", "Sent again, since nobody was named"),
    ("renewed", "Asked for by the holder of a link that had run out"),
]  # fmt: skip
_STATUSES = [
    ("received", "To be taken over"), ("taken_over", "Taken over into a note verbale"), ("set_aside", "Set aside"),
]  # fmt: skip
_LETTER = (
    "mechanism_id", "state_party_id", "kind", "office", "address", "language", "written_by_id", "listed_by_id",
    "created_at",
)  # fmt: skip
_SENT = (
    "mechanism_id", "state_party_id", "link_id", "number", "dated_on", "scan", "scan_name", "sha256", "people", "digest",
    "created_at",
)  # fmt: skip
# A mail to an office without an account, which workers alone owe (the trigger of reviews.0005 refuses it to pages).
_ELSEWHERE = """
ALTER TABLE core_notification DROP CONSTRAINT core_notification_elsewhere;
ALTER TABLE core_notification ADD CONSTRAINT core_notification_elsewhere CHECK (
    other_address = '' OR template = 'accounts/changed' OR template = 'reviews/access_stop'{more}
);
"""
_LETTERS = " OR template = 'reviews/nomination_letter'"


# A note that was taken over is discarded by its State too, which sees nothing of what was received: the database itself
# empties the column, past row-level security.
_NOTE_GOES = """
ALTER TABLE reviews_receivednomination ADD CONSTRAINT the_note_may_go FOREIGN KEY (note_id)
    REFERENCES reviews_noteverbale (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
"""


def _to(name, model, label, *, one=False, rule=deletion.PROTECT, **options):  # type: ignore[no-untyped-def]
    """A key to another table."""
    kind = models.OneToOneField if one else models.ForeignKey
    return name, kind(model, rule, verbose_name=label, **{"related_name": "+", **options})


_NONE = {"null": True, "blank": True}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_contacts_and_links"),
        ("core", "0005_institution"),
        ("reviews", "0009_members_of_the_secretariat"),
    ]

    operations = [
        migrations.AddField(
            "noteverbale",
            "came_by_link",
            models.BooleanField("named by the mission through its link", default=False),
        ),
        migrations.AddField(
            "noteverbale", *_to("written_by", settings.AUTH_USER_MODEL, "wrote to the mission", **_NONE)
        ),
        migrations.AddField("noteverbale", *_to("listed_by", settings.AUTH_USER_MODEL, "listed its address", **_NONE)),
        migrations.AddConstraint(
            "noteverbale",
            models.CheckConstraint(
                name="who_opened_the_link_does_not_check",
                condition=models.Q(checked_by=None)
                | (
                    (models.Q(written_by=None) | ~models.Q(checked_by=models.F("written_by")))
                    & (models.Q(listed_by=None) | ~models.Q(checked_by=models.F("listed_by")))
                ),
            ),
        ),
        migrations.CreateModel(
            "NominationLetter",
            [
                *base(),
                ("kind", models.CharField("kind", max_length=10, choices=_KINDS, default="written")),
                ("office", models.CharField("mission or office", max_length=200)),
                ("address", models.EmailField("sent to", max_length=254)),
                ("language", models.CharField("language", max_length=10, choices=_LANGUAGES)),
                ("is_dropped", models.BooleanField("was not sent, since the office had left the list", default=False)),
                _to(
                    "contact",
                    "accounts.statecontact",
                    "contact",
                    rule=deletion.SET_NULL,
                    related_name="letters",
                    **_NONE,
                ),
                _to("link", "accounts.statelink", "link", one=True, related_name="letter", **_NONE),
                _to("mechanism", "reviews.mechanism", "mechanism"),
                _to("notification", "core.notification", "mail", one=True, **_NONE),
                _to("state_party", "accounts.stateparty", "State", related_name="letters"),
                _to("written_by", settings.AUTH_USER_MODEL, "written by"),
                _to("listed_by", settings.AUTH_USER_MODEL, "address listed by", **_NONE),
            ],
            options={
                "verbose_name": "letter to an office of a State",
                "verbose_name_plural": "letters to offices of States",
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(fields=["mechanism", "state_party"], name="letters_of_state"),
                    models.Index(
                        fields=["created_at"], name="letters_owed", condition=models.Q(link=None, is_dropped=False)
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "ReceivedNomination",
            [
                *base(),
                ("number", models.CharField("number", max_length=100)),
                ("dated_on", models.DateField("date of the note")),
                (
                    "scan",
                    models.FileField("scanned note", max_length=200, upload_to=reviews.outreach.models._place_of_scan),
                ),
                ("scan_name", models.CharField("name of the file", max_length=200)),
                ("sha256", models.CharField("SHA-256 of the file", max_length=64)),
                ("people", models.JSONField("people")),
                ("digest", models.CharField("SHA-256 of all that was sent", max_length=64)),
                ("told_at", models.DateTimeField("officers were told at", **_NONE)),
                ("status", models.CharField("status", max_length=10, choices=_STATUSES, default="received")),
                ("decided_at", models.DateTimeField("decided at", **_NONE)),
                ("reason", models.TextField("why it was set aside", blank=True)),
                _to("decided_by", settings.AUTH_USER_MODEL, "decided by", **_NONE),
                _to("link", "accounts.statelink", "link", related_name="received"),
                _to("mechanism", "reviews.mechanism", "mechanism"),
                _to(
                    "note",
                    "reviews.noteverbale",
                    "note verbale",
                    one=True,
                    rule=deletion.DO_NOTHING,
                    db_constraint=False,
                    **_NONE,
                ),
                _to("state_party", "accounts.stateparty", "State", related_name="received_nominations"),
            ],
            options={
                "verbose_name": "nomination received by link",
                "verbose_name_plural": "nominations received by link",
                "ordering": ["-created_at"],
                "constraints": [models.UniqueConstraint(fields=("link", "digest"), name="the_same_is_received_once")],
            },
        ),
        made(_NOTE_GOES),
        stays_as_written("reviews_noteverbale", ("came_by_link", "written_by_id", "listed_by_id")),
        migrations.RunSQL(_ELSEWHERE.format(more=_LETTERS), _ELSEWHERE.format(more="")),
        close(
            "reviews_nominationletter",
            read=f"{OFFICER} OR {LOOKING} OR {THE_SYSTEM}",
            write=f"{OFFICER} OR {THE_SYSTEM}",
        ),
        keeps("reviews_nominationletter", _LETTER),
        # Written at the door, by the holder of a link, and by nobody who is signed in.
        close(
            "reviews_receivednomination",
            read=f"{OFFICER} OR {AT_THE_DOOR} OR {LOOKING} OR {THE_SYSTEM}",
            added=f"{AT_THE_DOOR} OR {THE_SYSTEM}",
            write=f"{OFFICER} OR {THE_SYSTEM}",
        ),
        keeps("reviews_receivednomination", _SENT),
    ]
