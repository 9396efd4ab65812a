from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.cases.models import Review, ReviewMilestone
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


class ReminderHour(BaseModel):
    """From which hour of the day somebody wants the reminders, in his or her own time zone."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_hour", verbose_name=_("person")
    )
    hour = models.PositiveSmallIntegerField(_("hour"), validators=[MaxValueValidator(23)])

    audit_name = "reviews.reminderhour"

    class Meta:
        verbose_name = _("hour of reminders")
        verbose_name_plural = _("hours of reminders")

    def __str__(self) -> str:
        return f"{self.hour}:00"


class Snooze(BaseModel):
    """Somebody does not want to hear of one act before a day, and then once for certain."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="snoozes", verbose_name=_("person"))
    milestone = models.ForeignKey(
        ReviewMilestone, models.CASCADE, related_name="snoozes", verbose_name=_("milestone of a review")
    )
    until = models.DateField(_("until"))

    audit_name = "reviews.snooze"

    class Meta:
        verbose_name = _("postponed reminder")
        verbose_name_plural = _("postponed reminders")
        constraints = [models.UniqueConstraint(fields=["user", "milestone"], name="one_snooze_a_task")]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.until}"


class TaskDelegation(BaseModel):
    """Somebody has handed the reminders of one act to a colleague of the same State in the same review."""

    milestone = models.ForeignKey(
        ReviewMilestone, models.CASCADE, related_name="delegations", verbose_name=_("milestone of a review")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tasks_handed_on", verbose_name=_("by")
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tasks_taken_on", verbose_name=_("to")
    )

    audit_name = "reviews.taskdelegation"

    class Meta:
        verbose_name = _("task handed to a colleague")
        verbose_name_plural = _("tasks handed to colleagues")
        constraints = [models.UniqueConstraint(fields=["milestone", "user"], name="one_delegation_a_task")]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.colleague}"


class Mute(BaseModel):
    """Somebody does not want the reminders of one review. Some cannot be muted (``portal.reminders.days``)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes", verbose_name=_("person"))
    review = models.ForeignKey(Review, models.CASCADE, related_name="mutes", verbose_name=_("review"))

    audit_name = "reviews.mute"

    class Meta:
        verbose_name = _("muted review")
        verbose_name_plural = _("muted reviews")
        constraints = [models.UniqueConstraint(fields=["user", "review"], name="muted_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.review}"


class Absence(BaseModel):
    """Somebody is away, both days included; ``deputy``, of the same State, gets the reminders of common reviews."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", verbose_name=_("person")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="deputised_absences",
        verbose_name=_("deputy"),
    )  # fmt: skip

    audit_name = "reviews.absence"

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.starts_on} – {self.ends_on}"
