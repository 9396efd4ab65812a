"""Answers that were sent elsewhere are brought in, and nobody has cleared them here (docs/adr/0050)."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_walls"), ("reviews", "0011_bringing")]

    operations = [
        migrations.AddField("response", "is_brought_in", models.BooleanField("was brought in", default=False)),
        migrations.AddField(
            "responsesubmission",
            "brought_piece",
            models.OneToOneField(
                "reviews.broughtpiece",
                deletion.PROTECT,
                null=True,
                related_name="submission",
                verbose_name="brought in as",
            ),
        ),
        migrations.AlterField(
            "responsesubmission",
            "cleared_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL, deletion.PROTECT, null=True, related_name="+", verbose_name="cleared by"
            ),
        ),
        migrations.AddConstraint(
            "responsesubmission",
            models.CheckConstraint(
                name="cleared_here_or_brought_in",
                condition=models.Q(cleared_by__isnull=False, brought_piece=None)
                | models.Q(cleared_by=None, brought_piece__isnull=False),
            ),
        ),
    ]
