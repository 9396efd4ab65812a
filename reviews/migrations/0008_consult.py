"""Silence that may count, a start with a partial team, and who reads of them."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.database.row_security import protect, protect_part

_OFFICER = "(SELECT acting_secretariat('{officer,administrator}'))"
_SEES_REVIEW = """(
    review_id IN (SELECT acting_reviews()) OR (SELECT acting_secretariat('{officer,administrator,auditor}'))
)"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_people_and_rules"),
        ("reviews", "0007_calendar"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="consultationconfirmation",
            name="focal_point",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="focal point",
            ),
        ),
        migrations.CreateModel(
            name="PartialTeam",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("reason", models.TextField(verbose_name="reason for going ahead")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partial_teams",
                        to="reviews.review",
                        verbose_name="review",
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
            ],
            options={
                "verbose_name": "start with a partial team",
                "verbose_name_plural": "starts with a partial team",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="SilenceNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("counts_on", models.DateField(verbose_name="day on which silence counts")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="silence_notices",
                        to="reviews.consultationproposal",
                        verbose_name="proposal",
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
            ],
            options={
                "verbose_name": "notice of the day on which silence counts",
                "verbose_name_plural": "notices of the day on which silence counts",
                "ordering": ["counts_on"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partialteam",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c927b5df50fb9be23600cb77f3073d731d800a2f",
                    operation="UPDATE",
                    pgid="pgtrigger_append_only_3e59d",
                    table="reviews_partialteam",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="silencenotice",
            constraint=models.UniqueConstraint(
                fields=("proposal", "state_party"), name="one_silence_notice_a_proposal_and_state"
            ),
        ),
        # The reason is for those who see the review; officers write it. Days are told by a task alone.
        protect("reviews_partialteam", read=_SEES_REVIEW, write=_OFFICER),
        protect_part(
            "reviews_silencenotice",
            parent="reviews_consultationproposal",
            key="proposal_id",
            read=_SEES_REVIEW,
            write="false",
        ),
    ]
