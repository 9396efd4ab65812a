"""Code finds a milestone by its kind. Those that are there get theirs by the short names of the files that were loaded."""

from django.db import migrations, models

_FILL = """
    ALTER TABLE reviews_stepplan DISABLE TRIGGER frozen;
    UPDATE reviews_stepplan SET kind = CASE slug
        WHEN 'focal_points_appointed' THEN 'focal_points'
        WHEN 'experts_designated' THEN 'experts'
        WHEN 'consultations_held' THEN 'consultation'
        WHEN 'answers_sent' THEN 'answers'
        WHEN 'answers_processed' THEN 'processing'
        WHEN 'feedback_sent' THEN 'feedback'
        WHEN 'feedback_processed' THEN 'processing'
        WHEN 'dialogue_held' THEN 'dialogue'
        WHEN 'list_agreed' THEN 'list'
        WHEN 'summary_cleared' THEN 'summary'
        WHEN 'phase_end' THEN 'closing'
        ELSE CASE WHEN clock_stops THEN 'processing' ELSE 'other' END
    END;
    ALTER TABLE reviews_stepplan ENABLE TRIGGER frozen;
"""
_KINDS = [
    ("focal_points", "Focal points"), ("experts", "Experts"), ("consultation", "Consultation"),
    ("answers", "Answers"), ("feedback", "Feedback"), ("dialogue", "Dialogue"), ("list", "List of observations"),
    ("summary", "Summary"), ("closing", "Closing"), ("processing", "Processing"), ("other", "Another milestone"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_grants_follow_participation")]

    operations = [
        migrations.AddField(
            "stepplan",
            "kind",
            models.CharField(choices=_KINDS, default="", max_length=20, verbose_name="kind"),
            preserve_default=False,
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "stepplan",
            models.UniqueConstraint(
                condition=models.Q(("kind__in", ["processing", "other"]), _negated=True),
                fields=("version", "kind"),
                name="one_milestone_a_kind",
            ),
        ),
    ]
