"""What is done with the whole record of a review, and what it is made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DossierAction(models.TextChoices):
    TAKE = "dossier.take", _("Take the whole record of a review away")


class PieceKind(models.TextChoices):
    """The values stand in manifests, and never change."""

    ANSWERS = "answers", _("Answers to the questionnaire")
    FEEDBACK = "feedback", _("Written feedback")
    REPLY = "reply", _("Reply to written feedback")
    CLARIFICATION = "clarification", _("Request for clarification")
    ANSWER = "clarification_answer", _("Answer to a request for clarification")
    MESSAGE = "message", _("Message of the dialogue")
    SUPPLEMENT = "supplement", _("Supplementary information")
    MEETING = "meeting", _("Meeting of the experts")
    NOTES = "meeting_notes", _("Notes of a meeting")
    OBSERVATION = "observation", _("Observation")
    LIST_OF_OBSERVATIONS = "list_of_observations", _("List of observations")
    SUMMARY = "summary", _("Summary")
    TRANSLATION = "translation", _("Language version of a text")
    LANGUAGES = "languages", _("Languages of an agreement")
    CLEARANCES = "clearances", _("Clearances")
    OBJECTION = "objection", _("Objection")
    SUGGESTION = "suggestion", _("Suggestion of wording")
    PASSAGE = "passage", _("Passage of a summary")
    FILE = "file", _("File that was handed in")
    LAW = "law_file", _("File of a law")
    PUBLISHED = "published", _("Published document")
    PRINT = "print", _("The record to read")
    ACTS = "record_of_acts", _("Record of acts")
    PROGRAM = "program", _("Program that checks the record")
