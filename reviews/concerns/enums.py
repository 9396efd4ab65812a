from django.db import models
from django.utils.translation import gettext_lazy as _


class ConcernAction(models.TextChoices):
    """What is done with private consultations on concerns."""

    LIST = "concerns.list", _("See which private consultations one takes part in")
    OPEN = "concerns.open", _("Open a private consultation")
    WRITE = "concerns.write", _("Read, and write in, a private consultation")
    CLOSE = "concerns.close", _("Close a private consultation")
