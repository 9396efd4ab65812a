"""Whom a rule of reminders is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderAudience(models.TextChoices):
    """Who is written to about an act, among those who owe it or stand above them."""

    EXPERTS = "experts", _("Experts")
    FOCAL_POINTS = "focal_points", _("Focal points")
    PERMANENT_MISSIONS = "permanent_missions", _("Permanent missions")
    SECRETARIAT = "secretariat", _("Officer of the secretariat in charge")
