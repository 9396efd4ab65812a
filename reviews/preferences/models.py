from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.cases.models import Review, ReviewMilestone


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
