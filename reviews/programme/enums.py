"""Kinds of steps and of adherence, who owes a step, how durations count, and how sure a rule is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdherenceKind(models.TextChoices):
    RATIFICATION = "ratification", _("Ratification")
    ACCESSION = "accession", _("Accession")
    ACCEPTANCE = "acceptance", _("Acceptance")
    APPROVAL = "approval", _("Approval")
    SUCCESSION = "succession", _("Succession")


class EvidenceMark(models.TextChoices):
    """How well a rule is known (the marks of the reference data)."""

    STATED = "S", _("Stated in the rules of the mechanism")
    PUBLIC_PAGE = "U", _("Stated on the mechanism's public pages")
    OTHER_PAGE = "P", _("Another published page")
    INFERENCE = "I", _("An inference")
    MEMORY = "M", _("Not verified")


EVIDENCE_WORDS = dict(EvidenceMark.choices)  # what pages say of a mark


class StepKind(models.TextChoices):
    """The only thing that code knows of a step; the steps themselves are rows of a mechanism."""

    CONSULTATION = "consultation", _("Consultation")
    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    FEEDBACK = "feedback", _("Feedback")
    DIALOGUE = "dialogue", _("Dialogue")
    AGREED_TEXT = "agreed_text", _("Agreed text")
    PROCESSING = "processing", _("Processing")
    CLOSING = "closing", _("Closing")


class MilestoneKind(models.TextChoices):
    """By which code finds a milestone, whatever a mechanism calls it; a plan has one of each, but for the last two."""

    FOCAL_POINTS = "focal_points", _("Focal points")
    EXPERTS = "experts", _("Experts")
    CONSULTATION = "consultation", _("Consultation")
    ANSWERS = "answers", _("Answers")
    FEEDBACK = "feedback", _("Feedback")
    DIALOGUE = "dialogue", _("Dialogue")
    LIST = "list", _("List of observations")
    SUMMARY = "summary", _("Summary")
    CLOSING = "closing", _("Closing")
    PROCESSING = "processing", _("Processing")
    OTHER = "other", _("Another milestone")


class StepOwner(models.TextChoices):
    """Who owes what a step or a milestone asks for."""

    STATE_UNDER_REVIEW = "state_under_review", _("State under review")
    REVIEWING_STATES = "reviewing_states", _("Reviewing States")
    ALL = "all", _("All States of the review")
    SECRETARIAT = "secretariat", _("Secretariat")


class DurationUnit(models.TextChoices):
    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class DayRule(models.TextChoices):
    """What becomes of an indicative date on a day off of the place that owes it."""

    KEEP = "keep", _("Keep the day")
    NEXT_WORKING_DAY = "next_working_day", _("Move to the next working day")
