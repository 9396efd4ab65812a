"""The days on which a task of the clock ran, by which the next run knows what was missed meanwhile."""

import datetime as dt

from core.models import TaskDay


def days_of(task: str) -> list[dt.date]:
    """The days on which the task ran to its end, the last one first."""
    return list(TaskDay.objects.filter(task=task).order_by("-day").values_list("day", flat=True))


def note_day(task: str, day: dt.date) -> None:
    """Note that the task ran to its end on this day; a second time changes nothing."""
    TaskDay.objects.bulk_create([TaskDay(task=task, day=day)], ignore_conflicts=True)
