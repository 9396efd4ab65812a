from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class ReadingKind(models.TextChoices):
    """What an entry of the list is, in the order in which experts prepare (resolution 10/1, annex I, paragraph 8)."""

    TEXT = "text", _("Text of an instrument")
    RULES = "rules", _("Rules and guidelines of the mechanism")
    RECORDS = "records", _("Records of the negotiation")
    PUBLICATION = "publication", pgettext_lazy("on a list for experts", "Publication")
    TOOL = "tool", pgettext_lazy("on a list for experts", "Tool")


class ReadingAction(models.TextChoices):
    VIEW = "reading.view", _("See the list of publications and tools as the secretariat keeps it")
    MAINTAIN = "reading.maintain", _("Add, change and withdraw publications and tools")
