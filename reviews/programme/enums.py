"""Kinds of steps and of adherence, who owes a step, how durations count, and how sure a rule is."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy


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


# What pages call the limits of a mechanism, and their units; both are stored as keys.
LIMIT_WORDS: Mapping[str, str | Promise] = {
    "clarification_answer": _("Time to answer a request for clarification"),
    "nomination_letter_repeat": _("Time after which a letter to a mission is repeated, at first"),
    "nomination_letter_repeat_longest": _("Longest time between two letters to a mission"),
    "nomination_letter_pause": _("Least time between two letters to a mission"),
    "reminder_hour": _("Hour at which reminders are sent"),
    "feedback_words": _("Words of feedback"),
    "summary_words": _("Words of a summary"),
    "reviewing_states_same_group": _("Reviewing States from the own regional group"),
    "reviewing_states_other_group": _("Reviewing States from another regional group"),
    "reviewing_states_max": _("Reviewing States of a review, at most"),
    "working_languages": _("Working languages of a review"),
    "working_languages_with_reason": _("Working languages of a review, with a reason"),
    "focal_points_per_state": _("Focal points of a State in a review"),
    "activation_link_days": _("Time for which a link to an account holds"),
    "consultation_silence_days": _("Silence that counts as a yes in consultations; 0: never"),
    "consultation_silence_notice_days": _("Notice before silence counts as a yes"),
    "general_review_least": _("States of which the general review speaks, at least"),
    "silent_review_days": _("Time without a sign of life after which a review is silent"),
    "forecast_least_stays": _("Reviews from which a forecast is made, at least"),
    "feedback_second_reader": _("Second readers of feedback before it is sent; 0 or 1"),
    "feedback_joint": _("Feedback that the reviewing States send together; 0: one each, 1: one joint feedback"),
    "answer_check_contradiction": _("Check of answers: “No”, and a law is cited"),
    "answer_check_reference": _("Check of answers: the text only refers to another place"),
    "answer_check_language": _("Check of answers: another script than that of their language"),
    "answer_check_words": _("Check of answers: the text is very long"),
    "answer_check_repealed": _("Check of answers: a law is cited that is no longer in force"),
    "answer_check_law": _("Check of answers: “Yes”, and no law is cited"),
    "answer_words": _("Words from which an answer is called very long"),
}
UNIT_WORDS: Mapping[str, str | Promise] = {
    "days": pgettext_lazy("unit of a limit", "days"),
    "weeks": pgettext_lazy("unit of a limit", "weeks"),
    "hour": pgettext_lazy("unit of a limit", "o’clock"),
    "words": pgettext_lazy("unit of a limit", "words"),
    "states": pgettext_lazy("unit of a limit", "States"),
    "languages": pgettext_lazy("unit of a limit", "languages"),
    "persons": pgettext_lazy("unit of a limit", "people"),
    "reviews": pgettext_lazy("unit of a limit", "reviews"),
    "joint": pgettext_lazy("unit of a limit", "joint feedback"),
    "severity": pgettext_lazy("unit of a limit", "weight"),
}
