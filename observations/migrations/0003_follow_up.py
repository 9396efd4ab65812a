"""What a State records about what was agreed lies in its room; what it shares is a copy for others (docs/adr/0071)."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, PROTECT, ForeignKey, OneToOneField, Q, UniqueConstraint

from core.database.columns import base
from core.database.guards import append_only, refused_on, stays_as_written, stays_once_set
from core.database.row_security import LOOKING, THE_SYSTEM, close, protect
from core.language.i18n import UN_LANGUAGES

_USER = settings.AUTH_USER_MODEL
# A contributor has no such place, and a reviewing State's people have one in another room.
_OWN = "(review_id, room_id) IN (SELECT * FROM acting_places('write'))"
_AT_THE_TABLE = "(review_id, review_id) IN (SELECT * FROM acting_places('write'))"
_SHARED = f"""ended_at IS NULL AND (
    audience = 'public'
    OR audience = 'states_parties' AND EXISTS (SELECT FROM acting_states())
    OR {_AT_THE_TABLE}
)"""
_SPEAKS = "acting_focal_point(review_id, room_id)"
_STATUSES = [
    ("planned", "Planned"),
    ("under_way", "Under way"),
    ("done", "Done"),
    ("not_pursued", "Not pursued"),
]
_AUDIENCES = [
    ("review_team", "The reviewing States of this review"),
    ("states_parties", "All States parties"),
    ("public", "Everybody"),
]
# An item is an observation that States have agreed on, in the room of the State under review.
_NOT_AGREED = """NOT EXISTS (
    SELECT FROM reviews_observation item
    JOIN reviews_agreedtext list ON list.id = item.agreed_text_id
    JOIN reviews_review review ON review.id = list.review_id
    WHERE item.id = NEW.observation_id AND item.room_id IS NULL AND item.withdrawn_at IS NULL
        AND list.kind = 'list_of_observations' AND list.status = 'agreed'
        AND review.id = NEW.review_id AND review.state_under_review_id = NEW.room_id
)"""


def _key(to: str, name: str, related_name: str = "+", *, on_delete: object = PROTECT, **options: bool) -> ForeignKey:
    return ForeignKey(to, on_delete, related_name=related_name, verbose_name=name, **options)


def _in_room() -> list[tuple[str, models.Field]]:
    return [
        *base(),
        ("language", models.CharField("language", max_length=10, choices=UN_LANGUAGES)),
        ("review", _key("reviews.review", "review", on_delete=CASCADE)),
        ("room", _key("accounts.stateparty", "room", null=True, blank=True)),
    ]


def _recorded() -> list[tuple[str, models.Field]]:
    shown = models.TextField("the action as it is shown", blank=True, default="", editable=False)
    return [
        *_in_room(),
        ("status", models.CharField("status", max_length=20, choices=_STATUSES)),
        ("body", models.CharField("body", max_length=200, blank=True)),
        ("due_on", models.DateField("due on", null=True, blank=True)),
        ("action", models.TextField("action", blank=True)),
        ("action_html", shown),
        ("reason", models.TextField("why it is not pursued", blank=True)),
        ("saved_by", _key(_USER, "saved by")),
    ]


class Migration(migrations.Migration):
    dependencies = [("observations", "0002_walls"), ("reviews", "0003_walls")]

    operations = [
        migrations.CreateModel(
            "FollowUp",
            [
                *_recorded(),
                ("revision", models.PositiveIntegerField("revision", default=1)),
                (
                    "observation",
                    OneToOneField(
                        "observations.observation", PROTECT, related_name="follow_up", verbose_name="observation"
                    ),
                ),
            ],
            options={"verbose_name": "follow-up", "verbose_name_plural": "follow-ups"},
        ),
        migrations.CreateModel(
            "FollowUpEntry",
            [
                *_recorded(),
                ("number", models.PositiveIntegerField("revision")),
                ("follow_up", _key("observations.followup", "follow-up", "entries", on_delete=CASCADE)),
            ],
            options={
                "verbose_name": "record of a follow-up",
                "verbose_name_plural": "records of follow-ups",
                "ordering": ["-number"],
                "constraints": [UniqueConstraint(fields=["follow_up", "number"], name="one_follow_up_entry_a_number")],
            },
        ),
        migrations.CreateModel(
            "FollowUpShare",
            [
                *_in_room(),
                ("number", models.PositiveIntegerField("revision")),
                ("audience", models.CharField("shared with", max_length=20, choices=_AUDIENCES)),
                ("document", models.JSONField("document")),
                (
                    "rendered",
                    models.JSONField("the texts as they are shown", default=dict, blank=True, editable=False),
                ),
                ("shared_at", models.DateTimeField("shared at")),
                ("ended_at", models.DateTimeField("ended at", null=True, blank=True)),
                ("follow_up", _key("observations.followup", "follow-up", "shares")),
                ("shared_by", _key(_USER, "shared by")),
            ],
            options={
                "verbose_name": "shared follow-up",
                "verbose_name_plural": "shared follow-ups",
                "ordering": ["-shared_at"],
                "constraints": [
                    UniqueConstraint(fields=["follow_up"], condition=Q(ended_at=None), name="one_share_a_follow_up")
                ],
            },
        ),
        *[protect(f"observations_{table}", read=_OWN, write=_OWN) for table in ("followup", "followupentry")],
        close(
            "observations_followupshare",
            read=f"{LOOKING} OR {THE_SYSTEM} OR ({_OWN}) OR ({_SHARED})",
            added=f"{THE_SYSTEM} OR ({_SPEAKS})",
            write=f"{THE_SYSTEM} OR ({_SPEAKS})",
        ),
        stays_as_written("observations_followup", ["observation_id", "review_id", "room_id"]),
        append_only("observations_followupentry"),
        stays_as_written(
            "observations_followupshare",
            ["follow_up_id", "review_id", "room_id", "number", "audience", "document", "shared_by_id", "shared_at"],
        ),
        stays_once_set("observations_followupshare", "ended_at"),
        refused_on(
            "observations_followup",
            name="of_what_was_agreed",
            condition=_NOT_AGREED,
            words="what is followed up is an observation of an agreed list",
        ),
    ]
