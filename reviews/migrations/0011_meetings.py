"""Meetings of the experts to come, and the answers of the States; who reads of them is asked as for the log."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.database.row_security import protect, protect_part

_OFFICER = "(SELECT acting_secretariat('{officer,administrator}'))"


def _at(purpose: str) -> str:
    """The row lies on a table at which the person sits, or in a room of the person (reviews/migrations/0005)."""
    places = f"SELECT * FROM acting_places('{purpose}')"  # noqa: S608 - a word of ours
    return f"(review_id, COALESCE(room_id, review_id)) IN ({places}) OR (room_id IS NULL AND {_OFFICER})"


_READ, _WRITE = _at("read"), _at("write")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_engine"),
        ("reviews", "0010_cockpit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedMeeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh-hans", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins at")),
                ("time_zone", models.CharField(max_length=64, verbose_name="time zone")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="duration in minutes")),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("videoconference", "Videoconference"),
                            ("conference_call", "Conference call"),
                            ("virtual_network", "Virtual network"),
                            ("in_person", "Meeting in person"),
                        ],
                        max_length=20,
                        verbose_name="means",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place")),
                ("link", models.URLField(blank=True, max_length=1000, verbose_name="link")),
                ("agenda", models.TextField(blank=True, verbose_name="agenda")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "Waiting for answers"),
                            ("not_agreed", "Not agreed"),
                            ("agreed", "Agreed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="invited",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at")),
                ("agreed_at", models.DateTimeField(null=True, verbose_name="agreed at")),
                ("reason", models.TextField(blank=True, verbose_name="reason of the cancellation")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="cancelled at")),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cancelled by",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "invited_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.stateparty",
                        verbose_name="invited for",
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="planned",
                        to="reviews.dialoguemeeting",
                        verbose_name="record",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="reviews.review",
                        verbose_name="review",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.stateparty",
                        verbose_name="room",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting to come",
                "verbose_name_plural": "meetings to come",
                "ordering": ["starts_at", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="MeetingAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("revision", models.PositiveIntegerField(verbose_name="revision")),
                ("agrees", models.BooleanField(verbose_name="agrees")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="answered at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "state_party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.stateparty",
                        verbose_name="State",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="reviews.plannedmeeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to an invitation to a meeting",
                "verbose_name_plural": "answers to invitations to meetings",
                "ordering": ["answered_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="plannedmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 5), ("minutes__lte", 1440)), name="a_meeting_lasts_minutes_to_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetinganswer",
            constraint=models.UniqueConstraint(
                fields=("meeting", "state_party", "revision"), name="one_answer_a_meeting_state_and_revision"
            ),
        ),
        protect("reviews_plannedmeeting", read=_READ, write=_WRITE),
        protect_part(
            "reviews_meetinganswer", parent="reviews_plannedmeeting", key="meeting_id", read=_READ, write=_WRITE
        ),
    ]
