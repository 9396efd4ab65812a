from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.base import BaseModel


class TaskDay(BaseModel):
    """A day, in UTC, on which a task of the clock ran to its end: what lies between two of them was missed."""

    task = models.CharField(_("task"), max_length=100)
    day = models.DateField(_("day"))

    audit_name = "core.taskday"

    class Meta:
        verbose_name = _("day of a task")
        verbose_name_plural = _("days of tasks")
        constraints = [models.UniqueConstraint(fields=["task", "day"], name="a_day_of_a_task_once")]

    def __str__(self) -> str:
        return f"{self.task}: {self.day}"
