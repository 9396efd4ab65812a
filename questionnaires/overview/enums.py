"""How a question that is asked stands, and what may have changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class QuestionStand(models.TextChoices):
    """Each question that is asked stands in exactly one of these, so that their counts add up to what is asked."""

    PROPOSED = "proposed", _("Proposed")
    RETURNED = "returned", _("Returned")
    WITH = "with", _("With a ministry")
    UNSENT = "nobody", _("Missing, with nobody")
    MISSING = "empty", _("Missing")
    LEFT_OPEN = "open", _("Left open")
    ANSWERED = "answered", _("Answered")

    @property
    def work_state(self) -> WorkState:
        return {
            QuestionStand.PROPOSED: WorkState.READY,
            QuestionStand.RETURNED: WorkState.RETURNED,
            QuestionStand.WITH: WorkState.WITH_OTHERS,
            QuestionStand.UNSENT: WorkState.NOT_BEGUN,
            QuestionStand.MISSING: WorkState.NOT_BEGUN,
            QuestionStand.LEFT_OPEN: WorkState.DONE,
            QuestionStand.ANSWERED: WorkState.DONE,
        }[self]


class ChangeKind(models.TextChoices):
    ANSWERS = "answers"
    PROPOSALS = "proposals"
    RETURNED = "came back"
    SENT = "sent"
