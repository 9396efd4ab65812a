"""What is done on the pages of a State."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StateAction(models.TextChoices):
    """What is seen outside a single review by those who take part in some."""

    VIEW_DIRECTORY = "states.view_directory", _("See the directory of focal points")
    VIEW_REMINDER_RULES = "states.view_reminder_rules", _("See when reminders are sent to whom")
    FORESEE_REMINDERS = "states.foresee_reminders", _("See how many people would be reminded on a day")
    VIEW_STAFF_SESSIONS = "states.view_staff_sessions", _("See the staff sessions that concerned a State")
