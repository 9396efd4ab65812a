"""What an answer of a file that came back is, against what stands in the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RowState(models.TextChoices):
    """From the one that asks most of the person to the one that asks nothing."""

    WRONG = "wrong", _("Cannot be taken")
    UNKNOWN = "unknown", _("Not recognized")
    NOT_YOURS = "not_yours", _("Not part of this")
    CONFLICT = "conflict", _("Changed here as well")
    CHANGED = "changed", _("Changed")
    NEW = "new", _("New")
    SAME = "same", _("Untouched, or as it is here")
