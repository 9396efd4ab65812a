"""The step plan in versions, extensions and pauses of a review, and the holidays of the secretariat."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.database.row_security import protect, protect_part

# As in reviews/0005: everybody who takes part in the review, and the secretariat.
SEES_REVIEW = (
    "(review_id IN (SELECT acting_reviews()) OR (SELECT acting_secretariat('{officer,administrator,auditor}')))"
)


def number_plans(apps: Any, schema_editor: Any) -> None:
    """The plan that a mechanism has had until now is its first version, by which all its reviews run."""
    mechanisms, versions = apps.get_model("reviews", "Mechanism"), apps.get_model("reviews", "StepPlanVersion")
    plans, reviews = apps.get_model("reviews", "StepPlan"), apps.get_model("reviews", "Review")
    for mechanism in mechanisms.objects.filter(pk__in=plans.objects.values("mechanism")):
        version = versions.objects.create(
            mechanism=mechanism,
            number=1,
            published_at=django.utils.timezone.now(),
            evidence_mark="I",
            evidence_note="Resolution 10/1 says nothing of days off; the day is kept as it falls.",
        )
        plans.objects.filter(mechanism=mechanism).update(version=version)
        reviews.objects.filter(mechanism=mechanism).update(plan_version=version)


def back_to_mechanisms(apps: Any, schema_editor: Any) -> None:
    """Before there were versions a mechanism had one plan; Django refuses the way back where it has several."""
    for version in apps.get_model("reviews", "StepPlanVersion").objects.all():
        apps.get_model("reviews", "StepPlan").objects.filter(version=version).update(mechanism=version.mechanism)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_engine"),
        ("reviews", "0005_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "evidence_mark",
                    models.CharField(
                        choices=[
                            ("S", "Stated in resolution 10/1 or its annexes"),
                            ("U", "Stated on the mechanism's public pages"),
                            ("P", "Another published page"),
                            ("I", "An inference"),
                            ("M", "Not verified"),
                        ],
                        max_length=1,
                        verbose_name="evidence",
                    ),
                ),
                ("evidence_note", models.TextField(blank=True, verbose_name="note on the evidence")),
                ("day", models.DateField(verbose_name="day")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("name_ar", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("name_es", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("name_ru", models.CharField(max_length=100, null=True, verbose_name="name")),
                ("name_zh_hans", models.CharField(max_length=100, null=True, verbose_name="name")),
            ],
            options={
                "verbose_name": "official holiday",
                "verbose_name_plural": "official holidays",
                "ordering": ["mechanism", "day"],
            },
        ),
        migrations.CreateModel(
            name="StepPlanVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "evidence_mark",
                    models.CharField(
                        choices=[
                            ("S", "Stated in resolution 10/1 or its annexes"),
                            ("U", "Stated on the mechanism's public pages"),
                            ("P", "Another published page"),
                            ("I", "An inference"),
                            ("M", "Not verified"),
                        ],
                        max_length=1,
                        verbose_name="evidence",
                    ),
                ),
                ("evidence_note", models.TextField(blank=True, verbose_name="note on the evidence")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "day_rule",
                    models.CharField(
                        choices=[("keep", "Keep the day"), ("next_working_day", "Move to the next working day")],
                        default="keep",
                        max_length=20,
                        verbose_name="dates on a day off",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
            ],
            options={
                "verbose_name": "version of the step plan",
                "verbose_name_plural": "versions of the step plan",
                "ordering": ["mechanism", "number"],
            },
        ),
        migrations.CreateModel(
            name="TimeChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "kind",
                    models.CharField(
                        choices=[("extension", "Extension"), ("pause", "Pause")], max_length=10, verbose_name="kind"
                    ),
                ),
                ("starts_on", models.DateField(null=True, verbose_name="first day of the pause")),
                ("until", models.DateField(verbose_name="until")),
                ("reason", models.TextField(verbose_name="reason")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("agreed", "Agreed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed: the milestone was reached"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("decided_on", models.DateField(null=True, verbose_name="decided on")),
                ("recorded_how", models.TextField(blank=True, verbose_name="how it was agreed")),
                ("ended_on", models.DateField(null=True, verbose_name="ended early on")),
            ],
            options={
                "verbose_name": "extension or pause",
                "verbose_name_plural": "extensions and pauses",
                "ordering": ["-asked_at"],
            },
        ),
        migrations.CreateModel(
            name="TimeChangeAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("agrees", models.BooleanField(verbose_name="agrees")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="answered at")),
            ],
            options={
                "verbose_name": "answer on an extension or a pause",
                "verbose_name_plural": "answers on extensions and pauses",
                "ordering": ["answered_at"],
            },
        ),
        migrations.AlterModelOptions(
            name="stepplan",
            options={
                "ordering": ["version", "order"],
                "verbose_name": "milestone of the step plan",
                "verbose_name_plural": "step plan",
            },
        ),
        migrations.RemoveConstraint(
            model_name="stepplan",
            name="one_milestone_a_slug",
        ),
        migrations.AddField(
            model_name="holiday",
            name="mechanism",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holidays",
                to="reviews.mechanism",
                verbose_name="mechanism",
            ),
        ),
        migrations.AddField(
            model_name="stepplanversion",
            name="mechanism",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plan_versions",
                to="reviews.mechanism",
                verbose_name="mechanism",
            ),
        ),
        migrations.AddField(
            model_name="stepplanversion",
            name="phase",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plan_versions",
                to="reviews.phase",
                verbose_name="phase",
            ),
        ),
        migrations.AddField(
            model_name="stepplanversion",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                db_constraint=False,
                to=settings.AUTH_USER_MODEL,
                verbose_name="published by",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="plan_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="reviews.stepplanversion",
                verbose_name="version of the step plan",
            ),
        ),
        migrations.AddField(
            model_name="stepplan",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="milestones",
                to="reviews.stepplanversion",
                verbose_name="version of the step plan",
            ),
        ),
        migrations.AddField(
            model_name="timechange",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddField(
            model_name="timechange",
            name="asked_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.stateparty",
                verbose_name="asked for",
            ),
        ),
        migrations.AddField(
            model_name="timechange",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ended by",
            ),
        ),
        migrations.AddField(
            model_name="timechange",
            name="milestone",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="time_changes",
                to="reviews.reviewmilestone",
                verbose_name="milestone",
            ),
        ),
        migrations.AddField(
            model_name="timechange",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="timechange",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="time_changes",
                to="reviews.review",
                verbose_name="review",
            ),
        ),
        migrations.AddField(
            model_name="timechangeanswer",
            name="answered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="answered by",
            ),
        ),
        migrations.AddField(
            model_name="timechangeanswer",
            name="change",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="reviews.timechange",
                verbose_name="extension or pause",
            ),
        ),
        migrations.AddField(
            model_name="timechangeanswer",
            name="state_party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.stateparty",
                verbose_name="State",
            ),
        ),
        migrations.AddConstraint(
            model_name="holiday",
            constraint=models.UniqueConstraint(fields=("mechanism", "day"), name="one_holiday_a_day"),
        ),
        migrations.AddConstraint(
            model_name="stepplanversion",
            constraint=models.UniqueConstraint(fields=("mechanism", "number"), name="one_plan_version_a_number"),
        ),
        migrations.AddConstraint(
            model_name="timechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "extension"), ("milestone__isnull", False), ("starts_on", None)),
                    models.Q(
                        ("kind", "pause"),
                        ("milestone", None),
                        ("starts_on__isnull", False),
                        ("until__gte", models.F("starts_on")),
                    ),
                    _connector="OR",
                ),
                name="a_time_change_has_what_its_kind_needs",
            ),
        ),
        migrations.AddConstraint(
            model_name="timechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "extension"), ("status", "asked")),
                fields=("milestone",),
                name="one_open_extension_a_milestone",
            ),
        ),
        migrations.AddConstraint(
            model_name="timechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "pause"), ("status", "asked")),
                fields=("review",),
                name="one_open_pause_a_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="timechangeanswer",
            constraint=models.UniqueConstraint(fields=("change", "state_party"), name="one_answer_a_change_and_state"),
        ),
        migrations.AlterField(
            model_name="stepplan",
            name="mechanism",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="step_plan",
                to="reviews.mechanism",
                verbose_name="mechanism",
            ),
        ),
        migrations.RunPython(number_plans, back_to_mechanisms),
        # PostgreSQL alters no table while checks of its rows are still to come.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RemoveField(
            model_name="stepplan",
            name="mechanism",
        ),
        migrations.AlterField(
            model_name="review",
            name="plan_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="reviews.stepplanversion",
                verbose_name="version of the step plan",
            ),
        ),
        migrations.AlterField(
            model_name="stepplan",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="milestones",
                to="reviews.stepplanversion",
                verbose_name="version of the step plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepplan",
            constraint=models.UniqueConstraint(fields=("version", "slug"), name="one_milestone_a_slug"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stepplan",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen_when_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF EXISTS (\n                    SELECT FROM reviews_stepplanversion\n                    WHERE published_at IS NOT NULL AND id IN (OLD.version_id, NEW.version_id)\n                ) THEN\n                RAISE EXCEPTION 'a published version of the step plan is frozen';\n            END IF;\n            RETURN COALESCE(NEW, OLD);\n        ",
                    hash="d38341ed817d6d921feeb4b22dd475eac36a3583",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_frozen_when_published_3669b",
                    table="reviews_stepplan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stepplanversion",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen_when_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF OLD.published_at IS NOT NULL AND (\n                    TG_OP = 'DELETE' OR to_jsonb(NEW) - ARRAY['published_by_id', 'updated_at']\n                        <> to_jsonb(OLD) - ARRAY['published_by_id', 'updated_at']\n                ) THEN\n                RAISE EXCEPTION 'a published version of the step plan is frozen';\n            END IF;\n            RETURN COALESCE(NEW, OLD);\n        ",
                    hash="d4800781bee0cdff3f39e9af260d358a75b96049",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_frozen_when_published_4fe8c",
                    table="reviews_stepplanversion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="timechangeanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a66c71f2384588ddf1d80ca63cf18e8ba172a92e",
                    operation="UPDATE",
                    pgid="pgtrigger_append_only_fd7bd",
                    table="reviews_timechangeanswer",
                    when="BEFORE",
                ),
            ),
        ),
        protect("reviews_timechange", read=SEES_REVIEW, write=SEES_REVIEW),
        protect_part(
            "reviews_timechangeanswer",
            parent="reviews_timechange",
            key="change_id",
            read=SEES_REVIEW,
            write=SEES_REVIEW,
        ),
    ]
