from django.db import models
from django.utils.translation import pgettext_lazy


class NeedPriority(models.TextChoices):
    """How pressing a need is for the State, among its own."""

    HIGH = "high", pgettext_lazy("priority of a need", "High")
    MEDIUM = "medium", pgettext_lazy("priority of a need", "Medium")
    LOW = "low", pgettext_lazy("priority of a need", "Low")


class Received(models.TextChoices):
    """Whether assistance of that type is received already."""

    YES = "yes", pgettext_lazy("assistance is received", "Yes, already")
    NO = "no", pgettext_lazy("assistance is received", "Not yet")
