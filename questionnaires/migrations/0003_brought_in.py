"""Answers that were sent elsewhere are brought in, and nobody has cleared them here (docs/adr/0050)."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, CheckConstraint, ForeignKey, OneToOneField, Q

_CLEARED = {"null": True, "related_name": "+", "verbose_name": "cleared by"}
_BROUGHT = {"null": True, "related_name": "submission", "verbose_name": "brought in as"}
_HERE = Q(cleared_by__isnull=False, brought_piece=None)
_ELSEWHERE = Q(cleared_by=None, brought_piece__isnull=False)
_ONE = CheckConstraint(name="cleared_here_or_brought_in", condition=_HERE | _ELSEWHERE)
_SUBMISSION = "responsesubmission"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_walls"), ("reviews", "0011_bringing")]

    operations = [
        migrations.AddField("response", "is_brought_in", models.BooleanField("was brought in", default=False)),
        migrations.AddField(_SUBMISSION, "brought_piece", OneToOneField("reviews.broughtpiece", PROTECT, **_BROUGHT)),
        migrations.AlterField(_SUBMISSION, "cleared_by", ForeignKey(settings.AUTH_USER_MODEL, PROTECT, **_CLEARED)),
        migrations.AddConstraint(_SUBMISSION, _ONE),
    ]
