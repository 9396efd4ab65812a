"""What an expert does about the own name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NamingAction(models.TextChoices):
    ANSWER = "naming.answer", _("Say whether the own name may be published")
