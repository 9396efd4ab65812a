from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkPurpose(models.TextChoices):
    """What a link opens; a feature that issues links adds its own."""

    NOMINATION = "nomination", _("Naming a State's people")
