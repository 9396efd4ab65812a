"""How a reviewer marks a place of the desk."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SlipMark(models.TextChoices):
    """``READ`` is of the person who has read, the others are of the State."""

    READ = "read", pgettext_lazy("mark at an answer", "Read")
    ASK = "ask", pgettext_lazy("mark at an answer", "To ask")
    OBSERVE = "observe", pgettext_lazy("mark at an answer", "Observation here")
