"""Who changed what for which State, copies of what lies on the table, drafts of passages in the rooms of States."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from core.database.row_security import protect


def at(purpose: str) -> str:
    """The row lies in the person's room or on a table at which he or she sits (migration 0005)."""
    places = f"SELECT * FROM acting_places('{purpose}')"  # noqa: S608 - a word of ours
    officer = "(SELECT acting_secretariat('{officer,administrator}'))"
    return f"(review_id, COALESCE(room_id, review_id)) IN ({places}) OR (room_id IS NULL AND {officer})"


# For whom somebody has saved is known from his or her participation, the last one where there were several. The
# trigger that keeps revisions as they are stands aside for a column that they did not have.
_SAVED_FOR = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE reviews_observationrevision DISABLE TRIGGER USER;
UPDATE reviews_observationrevision revision SET saved_for_id = COALESCE(
    (SELECT part.state_party_id FROM reviews_participation part
     WHERE part.user_id = revision.saved_by_id AND part.review_id = observation.review_id
     ORDER BY part.created_at DESC LIMIT 1),
    observation.state_party_id)
FROM reviews_observation observation WHERE observation.id = revision.observation_id;
UPDATE reviews_summarypassage passage SET saved_for_id = (
    SELECT part.state_party_id FROM reviews_participation part
    WHERE part.user_id = passage.saved_by_id AND part.review_id = summary.review_id
    ORDER BY part.created_at DESC LIMIT 1)
FROM reviews_agreedtext summary WHERE summary.id = passage.agreed_text_id AND passage.saved_by_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE reviews_observationrevision ENABLE TRIGGER USER;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_engine"),
        ("reviews", "0014_access"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="observation",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="reviews.observation",
                verbose_name="copied from",
            ),
        ),
        migrations.AddField(
            model_name="observation",
            name="copied_revision",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="revision that was copied"),
        ),
        migrations.AddField(
            model_name="observationrevision",
            name="saved_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.stateparty",
                verbose_name="saved for",
            ),
        ),
        migrations.AddField(
            model_name="summarypassage",
            name="saved_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.stateparty",
                verbose_name="saved for",
            ),
        ),
        RunSQL(_SAVED_FOR, RunSQL.noop),
        migrations.AlterField(
            model_name="observationrevision",
            name="saved_for",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.stateparty",
                verbose_name="saved for",
            ),
        ),
        migrations.AddField(
            model_name="supplementaryinformation",
            name="revision",
            field=models.PositiveIntegerField(default=1, verbose_name="revision"),
        ),
        migrations.CreateModel(
            name="PassageDraft",
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
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                ("copied_revision", models.PositiveIntegerField(verbose_name="revision that was copied")),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="reviews.summarypassage",
                        verbose_name="passage of a summary",
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
                (
                    "state_party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.stateparty",
                        verbose_name="drafted by",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a passage",
                "verbose_name_plural": "drafts of passages",
                "ordering": ["passage__order"],
                "constraints": [
                    models.UniqueConstraint(fields=["passage", "state_party"], name="one_passage_draft_a_state")
                ],
            },
        ),
        protect("reviews_passagedraft", read=at("read"), write=at("write")),
    ]
