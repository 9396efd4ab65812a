from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkMethod(models.TextChoices):
    """By what questions were found to belong together, the surest first."""

    TEXT = "text", _("Same official text")
    HEADING = "heading", _("First question under the same heading")
    ARTICLE = "article", _("Same article and paragraph")
    OFFICER = "officer", _("Linked by the secretariat")


class Reuse(models.TextChoices):
    """What was done with an earlier answer, or with that to a linked question."""

    KEPT = "kept", _("Still correct")
    EDITED = "edited", _("Taken to be changed")
    SAME = "same", _("Same answer as to another question")
    SET_ASIDE = "set_aside", _("Set aside")
