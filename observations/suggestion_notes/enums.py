"""What an entry below a suggestion is, where it says nothing in words."""

from django.db import models
from django.utils.translation import pgettext_lazy


class NoteMark(models.TextChoices):
    RESOLVED = "resolved", pgettext_lazy("notes", "Resolved")
    REOPENED = "reopened", pgettext_lazy("notes", "Open again")
