"""Answers that were sent elsewhere are brought in, and nobody has cleared them here (docs/adr/0050).

An organization says what is not within its competence; no State does (docs/adr/0055).
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT, CheckConstraint, ForeignKey, OneToOneField, Q

from core.database.guards import refused_on

_CLEARED = {"null": True, "related_name": "+", "verbose_name": "cleared by"}
_BROUGHT = {"null": True, "related_name": "submission", "verbose_name": "brought in as"}
_HERE = Q(cleared_by__isnull=False, brought_piece=None)
_ELSEWHERE = Q(cleared_by=None, brought_piece__isnull=False)
_ONE = CheckConstraint(name="cleared_here_or_brought_in", condition=_HERE | _ELSEWHERE)
_SUBMISSION = "responsesubmission"
_OUTSIDE = models.BooleanField("not within the competence", default=False)
_NO_CHOICE = CheckConstraint(
    name="outside_competence_without_choice", condition=Q(is_outside_competence=False) | Q(choices=[])
)
# Asked of the mark alone as it is set: a row that has it may move, and be settled.
_OF_A_STATE = """NEW.is_outside_competence
    AND (TG_OP = 'INSERT' OR NOT OLD.is_outside_competence)
    AND NOT EXISTS (SELECT FROM accounts_stateparty WHERE id = NEW.room_id AND is_reio)"""
_WORDS = "only a regional economic integration organization answers so"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_walls"), ("reviews", "0011_bringing")]

    operations = [
        migrations.AddField("response", "is_brought_in", models.BooleanField("was brought in", default=False)),
        migrations.AddField(_SUBMISSION, "brought_piece", OneToOneField("reviews.broughtpiece", PROTECT, **_BROUGHT)),
        migrations.AlterField(_SUBMISSION, "cleared_by", ForeignKey(settings.AUTH_USER_MODEL, PROTECT, **_CLEARED)),
        migrations.AddConstraint(_SUBMISSION, _ONE),
        migrations.AddField("answer", "is_outside_competence", _OUTSIDE),
        migrations.AddField("answerrevision", "is_outside_competence", _OUTSIDE),
        migrations.AddConstraint("answer", _NO_CHOICE),
        *[
            refused_on(f"questionnaires_{model}", name="of_a_state", condition=_OF_A_STATE, words=_WORDS)
            for model in ("answer", "answerrevision")
        ],
    ]
