from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.programme.models import Evidenced, Mechanism
from reviews.reminders.enums import ReminderAudience
from reviews.reminders.validators import FURTHEST_DAYS


class ReminderRule(Evidenced):
    """When people are written to about the next act: ``days`` after its indicative date (before it, if negative).

    Of whose act that is, the plan says; ``audience`` says to whom among them. Where the secretariat owes the act, its
    officer in charge stands for the focal point.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="reminder_rules", verbose_name=_("mechanism"))
    audience = models.CharField(_("to whom"), max_length=20, choices=ReminderAudience)
    days = models.SmallIntegerField(_("days after the indicative date (negative: before)"))
    is_active = models.BooleanField(_("is in use"), default=True)

    audit_name = "reviews.reminderrule"

    class Meta:
        verbose_name = _("rule of reminders")
        verbose_name_plural = _("rules of reminders")
        ordering = ["mechanism", "days", "audience"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "audience", "days"], name="one_reminder_a_day_and_audience"),
            models.CheckConstraint(
                name="reminders_are_near_their_date",
                condition=models.Q(days__gte=-FURTHEST_DAYS, days__lte=FURTHEST_DAYS),
                violation_error_message=_("At most 90 days before or after."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.days:+d}"
