from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class DocumentKind(models.TextChoices):
    """What of a review may be circulated as a document; the values stand in rows and in addresses."""

    QUESTIONNAIRE = "questionnaire", _("Completed questionnaire")
    FEEDBACK = "feedback", _("Written feedback")
    EXCHANGE = "exchange", _("Record of clarifications and dialogue")
    LIST_OF_OBSERVATIONS = "list_of_observations", _("List of observations")
    SUMMARY = "summary", _("Summary")
    CLEARANCES = "clearances", _("Protocol of clearance")


class Distribution(models.TextChoices):
    """How a document is distributed, as the masthead says it."""

    GENERAL = "general", pgettext_lazy("distribution of a document", "General")
    LIMITED = "limited", pgettext_lazy("distribution of a document", "Limited")
    RESTRICTED = "restricted", pgettext_lazy("distribution of a document", "Restricted")
